package org.gantry.cli.recipes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.cli.console.AnsiStyle;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.TextTable;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.Remedy;
import org.gantry.recipes.WatchdogRule;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.NetworkSize;
import org.gantry.training.Node;
import org.gantry.training.NodeType;
import org.gantry.training.PhaseNode;
import org.gantry.training.StepPhase;
import org.gantry.training.StepPlan;
import org.gantry.training.WeightMemory;

/**
 * Prints the plan of a training step as text or JSON.
 *
 * @param title the name of the recipe
 * @param nodes the nodes of the training graph
 * @param plan the plan of a step
 * @param sizes the sizes of its networks
 * @param memory what the networks need before a step computes anything
 * @param watchdogs the watchdogs of the recipe
 */
record StepPlanText(
    String title,
    List<Node> nodes,
    StepPlan plan,
    List<NetworkSize> sizes,
    WeightMemory memory,
    List<WatchdogRule> watchdogs) {

  private static final String WORDS =
      """
      eval: the node is evaluated. record: gradients flow through the evaluation.
      keep: a later phase reuses the value. reuse: the node takes the value of an earlier phase.
      frozen: the network is evaluated, but its weights get no gradient.
      """;

  String text(int width, boolean colour) {
    StringBuilder out = new StringBuilder();
    out.append(AnsiStyle.HEAD.apply(title, colour)).append("\n\n");
    TextTable networks =
        TextTable.headed(
            2, "network", "player", "architecture", "parameters", "FLOPs", "contributed by");
    for (NetworkSize network : sizes) {
      networks.row(
          network.role(),
          network.player(),
          network.origin().name() + " " + network.origin().version(),
          NumberText.count(network.parameters()),
          NumberText.count(network.flops()),
          network.origin().bundle());
    }
    out.append(networks.text(width, colour));
    out.append("  (FLOPs of one forward pass over a batch)\n");
    out.append(
        "  memory: %s of weights, %s of gradients, %s of optimizer state, plus values%n"
            .formatted(
                OutOfMemory.formatBytes(memory.weights()),
                OutOfMemory.formatBytes(memory.gradients()),
                OutOfMemory.formatBytes(memory.optimizerState())));
    int next = 0;
    while (next < plan.phases().size()) {
      int last = next;
      while (last + 1 < plan.phases().size() && isSameWork(next, last + 1)) {
        last++;
      }
      phase(next, last, out, width, colour);
      next = last + 1;
    }
    TextTable bundles = TextTable.headed(2, "component", "contributed by");
    nodes.stream()
        .map(Node::contributor)
        .distinct()
        .forEach(origin -> addWithParts(origin, bundles));
    out.append('\n').append(bundles.text(width, colour));
    if (!watchdogs.isEmpty()) {
      TextTable dogs = TextTable.headed(2, "watchdog", "on trouble", "contributed by");
      watchdogs.forEach(g -> dogs.row(g.name(), onTrouble(g), g.watchdog().origin().bundle()));
      out.append('\n').append(dogs.text(width, colour));
    }
    return out.append('\n').append(WORDS.indent(2)).toString();
  }

  /** Adds a component, and below it the components among its options. */
  private static void addWithParts(ComponentOrigin origin, TextTable table) {
    table.row(origin.label(), origin.bundle());
    origin
        .allParts()
        .forEach((path, part) -> table.row("  " + path + ": " + part.label(), part.bundle()));
  }

  private static String onTrouble(WatchdogRule guard) {
    return Stream.concat(Stream.of("warn"), guard.remedies().stream().map(Remedy::name))
        .collect(Collectors.joining(", "));
  }

  /** Whether two phases do the same work, on different batches. */
  private boolean isSameWork(int first, int second) {
    StepPhase a = plan.phases().get(first);
    StepPhase b = plan.phases().get(second);
    return a.player().equals(b.player()) && workByNode(a).equals(workByNode(b));
  }

  private static Map<Integer, List<String>> workByNode(StepPhase phase) {
    return phase.nodes().stream()
        .collect(Collectors.toMap(planned -> planned.node().id(), StepPlanText::words));
  }

  private void phase(int first, int last, StringBuilder out, int width, boolean colour) {
    StepPhase phase = plan.phases().get(first);
    String numbers =
        first == last ? "phase " + (first + 1) : "phases %d to %d".formatted(first + 1, last + 1);
    String batches =
        first < last
            ? ", each from its own batch"
            : phase.draw() == 0 ? "" : ", from batch %d of the step".formatted(phase.draw() + 1);
    String head = "%s: the %s learns%s".formatted(numbers, phase.player(), batches);
    out.append('\n').append(AnsiStyle.HEAD.apply(head, colour)).append('\n');
    TextTable table = TextTable.headed(2, "node", "operation", "shape", "from");
    for (PhaseNode planned : phase.nodes()) {
      Node node = planned.node();
      table.row(
          node.name(),
          String.join(" ", words(planned)),
          GraphText.shapesOf(node),
          node.contributor().label());
    }
    out.append(table.text(width, colour));
    String terms =
        terms(phase).stream()
            .map(t -> GraphText.weightText(t) + " × " + GraphText.inputNames(t, nodes))
            .collect(Collectors.joining(" + "));
    out.append(
        TextTable.plain(2)
            .row("minimises", terms)
            .row("costs", NumberText.count(flops(phase)) + " FLOPs in networks, forward")
            .text(width, false));
  }

  private List<Node> terms(StepPhase phase) {
    return nodes.stream()
        .filter(n -> n.type() == NodeType.TERM && n.role().equals(phase.player()))
        .toList();
  }

  private static List<String> words(PhaseNode planned) {
    List<String> words = new ArrayList<>();
    words.add(planned.reused() ? "reuse" : "eval");
    if (planned.recorded()) {
      words.add("record");
    }
    if (planned.kept()) {
      words.add("keep");
    }
    if (planned.frozen()) {
      words.add("frozen");
    }
    return words;
  }

  /** The FLOPs of the networks that a phase evaluates, forward. */
  private long flops(StepPhase phase) {
    return phase.nodes().stream()
        .filter(planned -> !planned.reused())
        .map(PhaseNode::node)
        .filter(n -> n.type() == NodeType.NETWORK)
        .flatMap(n -> sizes.stream().filter(p -> p.role().equals(n.role())))
        .mapToLong(NetworkSize::flops)
        .sum();
  }

  /** The plan as JSON. */
  Map<String, Object> object() {
    return JsonText.object(
        "recipe",
        title,
        "networks",
        sizes.stream()
            .map(
                n ->
                    JsonText.object(
                        "role", n.role(),
                        "player", n.player(),
                        "architecture", n.origin().name(),
                        "version", n.origin().version(),
                        "bundle", n.origin().bundle(),
                        "parameters", n.parameters(),
                        "flops", n.flops()))
            .toList(),
        "memory",
        JsonText.object(
            "weights", memory.weights(),
            "gradients", memory.gradients(),
            "optimizer-state", memory.optimizerState()),
        "phases",
        plan.phases().stream().map(this::object).toList(),
        "watchdogs",
        watchdogs.stream()
            .map(
                g ->
                    JsonText.object(
                        "name", g.name(),
                        "onTrouble", g.remedies().stream().map(Remedy::name).toList(),
                        "bundle", g.watchdog().origin().bundle()))
            .toList());
  }

  private Map<String, Object> object(StepPhase phase) {
    return JsonText.object(
        "player",
        phase.player(),
        "draw",
        phase.draw(),
        "frozen",
        phase.frozen(),
        "flops",
        flops(phase),
        "operations",
        phase.nodes().stream().map(StepPlanText::object).toList(),
        "terms",
        terms(phase).stream()
            .map(
                t ->
                    JsonText.object(
                        "name", GraphText.termName(t),
                        "weight", t.weight(),
                        "node", GraphText.inputNames(t, nodes),
                        "component", t.contributor().label(),
                        "bundle", t.contributor().bundle()))
            .toList());
  }

  private static Map<String, Object> object(PhaseNode planned) {
    Node node = planned.node();
    return JsonText.object(
        "node",
        node.name(),
        "shapes",
        node.shapes().stream().map(s -> Arrays.stream(s.getShape()).boxed().toList()).toList(),
        "reused",
        planned.reused(),
        "recorded",
        planned.recorded(),
        "kept",
        planned.kept(),
        "frozen",
        planned.frozen(),
        "component",
        node.contributor().label(),
        "bundle",
        node.contributor().bundle());
  }
}
