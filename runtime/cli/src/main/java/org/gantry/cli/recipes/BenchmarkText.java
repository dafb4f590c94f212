package org.gantry.cli.recipes;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gantry.cli.console.AnsiStyle;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.TextTable;
import org.gantry.recipes.OutOfMemory;
import org.gantry.runs.training.StepMeasurement;
import org.gantry.training.Node;
import org.gantry.training.PhaseNode;
import org.gantry.training.StepPhase;
import org.gantry.training.StepTimer.Activity;
import org.gantry.training.StepTimer.StepPart;
import org.gantry.training.TrainingGraph;

/**
 * Prints the measurement of a recipe as text or JSON.
 *
 * @param title the name of the recipe
 */
record BenchmarkText(String title, TrainingGraph graph, StepMeasurement measured) {

  /** Parts below this share of a step are listed together. */
  private static final double LEAST_SHARE = 0.005;

  private static final String LOOP = "the loop itself";

  String text(int width, boolean colour) {
    List<Double> rates = measured.rates();
    StringBuilder out = new StringBuilder();
    out.append(AnsiStyle.HEAD.apply(title, colour))
        .append(
            "  %s steps/s (%s to %s), batch %d, %d %s%s\n\n"
                .formatted(
                    NumberText.figure(measured.medianRate()),
                    NumberText.figure(rates.get(0)),
                    NumberText.figure(rates.get(rates.size() - 1)),
                    graph.composition().batch(),
                    measured.threads(),
                    measured.threads() == 1 ? "thread" : "threads",
                    measured.peakBytes() == 0
                        ? ""
                        : ", at most " + OutOfMemory.formatBytes(measured.peakBytes())));
    out.append(
        "A step takes %s ms of processor time, of which the training thread uses %s ms.\n\n"
            .formatted(
                NumberText.figure(measured.processor().process() / 1e6),
                NumberText.figure(measured.processor().thread() / 1e6)));
    TextTable parts = TextTable.headed(2, "phase", "part", "ms/step", "share", "component");
    long small = 0;
    for (Map.Entry<StepPart, Long> entry : measured.parts().entrySet()) {
      StepPart part = entry.getKey();
      if (share(entry.getValue()) < LEAST_SHARE) {
        small += entry.getValue();
      } else {
        row(parts, phase(part), what(part), entry.getValue(), component(part));
      }
    }
    row(parts, "", "other parts", small, "");
    row(parts, "", LOOP, measured.otherNanoseconds(), "");
    out.append(parts.text(width, colour));
    TextTable components = TextTable.headed(2, "component", "ms/step", "share");
    byComponent().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .filter(entry -> share(entry.getValue()) >= LEAST_SHARE)
        .forEach(
            entry ->
                components.row(
                    entry.getKey(), milliseconds(entry.getValue()), percent(entry.getValue())));
    out.append('\n').append(components.text(width, colour));
    out.append("  (evaluations alone; gradients flow through all of a phase together)\n\n");
    out.append(
        "A step evaluates %d nodes and reuses %d values of earlier phases; 'gantry explain' lists them.\n"
            .formatted(planned(false), planned(true)));
    out.append("Networks are computed in these forms:\n");
    measured.networks().forEach((role, form) -> out.append("  %s: %s\n".formatted(role, form)));
    return out.toString();
  }

  private void row(TextTable table, String phase, String part, long time, String component) {
    table.row(phase, part, milliseconds(time), percent(time), component);
  }

  private static String phase(StepPart part) {
    return part.player().isEmpty() ? "observation" : part.player();
  }

  private static String what(StepPart part) {
    return part.activity() == Activity.EVALUATION
        ? part.node().orElseThrow().name()
        : part.activity().name().toLowerCase(Locale.ROOT);
  }

  private static String component(StepPart part) {
    return part.node().map(node -> node.contributor().label()).orElse("");
  }

  private double share(long time) {
    return time / (double) measured.nanoseconds();
  }

  private String percent(long time) {
    return "%.0f %%".formatted(100 * share(time));
  }

  private String milliseconds(long time) {
    return NumberText.figure(time / 1e6 / measured.measuredSteps());
  }

  /** The time of all evaluations of the nodes that a component contributes. */
  private Map<String, Long> byComponent() {
    Map<String, Long> times = new LinkedHashMap<>();
    measured
        .parts()
        .forEach(
            (part, time) ->
                part.node()
                    .map(Node::contributor)
                    .ifPresent(origin -> times.merge(origin.label(), time, Long::sum)));
    return times;
  }

  private long planned(boolean reused) {
    return graph.plan().phases().stream()
        .map(StepPhase::nodes)
        .flatMap(List::stream)
        .filter(planned -> planned.reused() == reused)
        .map(PhaseNode::node)
        .count();
  }

  /** The measurement for a program; times in milliseconds of a step. */
  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("recipe", title);
    object.put("stepsPerSecond", measured.medianRate());
    object.put("rounds", measured.rates());
    object.put("batch", graph.composition().batch());
    object.put("threads", measured.threads());
    object.put("threadProcessorMilliseconds", measured.processor().thread() / 1e6);
    object.put("processorMilliseconds", measured.processor().process() / 1e6);
    object.put("peakBytes", measured.peakBytes());
    object.put("networks", measured.networks());
    object.put(
        "parts",
        measured.parts().entrySet().stream()
            .map(entry -> object(entry.getKey(), entry.getValue()))
            .toList());
    object.put("loopMilliseconds", perStep(measured.otherNanoseconds()));
    object.put("evaluatedNodes", planned(false));
    object.put("reusedValues", planned(true));
    return object;
  }

  private Map<String, Object> object(StepPart part, long time) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("phase", phase(part));
    object.put("part", what(part));
    object.put("component", component(part));
    object.put("milliseconds", perStep(time));
    object.put("share", share(time));
    return object;
  }

  private double perStep(long time) {
    return time / 1e6 / measured.measuredSteps();
  }
}
