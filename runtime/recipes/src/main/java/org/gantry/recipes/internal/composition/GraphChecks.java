package org.gantry.recipes.internal.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.gantry.recipes.MetricEvaluation;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.internal.format.Recipe;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.tensor.ComputeDevice;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Node;
import org.gantry.training.NodeType;
import org.gantry.training.TrainingGraph;

/**
 * Compares the names in a recipe with the roles, players and values of its training graph.
 *
 * @param recipe the recipe
 * @param graph its training graph
 * @param problems receives a problem for each name that the graph does not have
 */
record GraphChecks(Recipe recipe, TrainingGraph graph, ProblemCollector problems) {

  /** Checks that each network of the recipe is used, given the keys of those that are. */
  void checkNetworks(Set<String> used) {
    String topology = recipe.single().get(RecipeFormat.TOPOLOGY).component().name();
    recipe
        .networks()
        .forEach(
            (key, choice) -> {
              if (!used.contains(key)) {
                problems.add(
                    choice.position(),
                    "Nothing uses the network %s: the topology %s has the roles %s."
                        .formatted(
                            MessageText.quoted(key),
                            MessageText.quoted(topology),
                            MessageText.quoted(graph.roles(), "and")),
                    NearestName.find(key, graph.roles()).isPresent()
                        ? NearestName.suggestion(key, graph.roles()) + "Otherwise remove it."
                        : "Remove it.");
              }
            });
  }

  /** Checks that each network that starts or trains in its own way has a role of its own. */
  void checkSetups() {
    recipe
        .networks()
        .forEach(
            (key, network) -> {
              if (!network.isUsual() && !graph.roles().contains(key)) {
                problems.add(
                    network.position(),
                    "The network %s starts or trains in its own way, but there is no role of this name."
                        .formatted(MessageText.quoted(key)),
                    NearestName.suggestion(key, graph.roles())
                        + "The roles are "
                        + MessageText.quoted(graph.roles(), "and")
                        + ".");
              }
            });
  }

  /** Checks that each of several data sets is read. */
  void checkDatasets() {
    Map<String, ComponentChoice> named = recipe.named().getOrDefault(RecipeFormat.DATA, Map.of());
    Set<ComponentOrigin> read =
        graph.nodes().stream()
            .filter(node -> node.type() == NodeType.DATA)
            .map(Node::contributor)
            .collect(Collectors.toSet());
    List<String> used =
        named.entrySet().stream()
            .filter(entry -> read.contains(entry.getValue().origin()))
            .map(Map.Entry::getKey)
            .toList();
    named.forEach(
        (name, choice) -> {
          if (!used.contains(name)) {
            problems.add(
                choice.position(),
                "Nothing reads the data set %s: the topology %s reads %s."
                    .formatted(
                        MessageText.quoted(name),
                        MessageText.quoted(
                            recipe.single().get(RecipeFormat.TOPOLOGY).component().name()),
                        MessageText.quoted(used, "and")),
                "Remove it, or choose a topology that reads several data sets.");
          }
        });
  }

  /** Checks that each player that the recipe names exists. */
  void checkPlayers() {
    recipe
        .players()
        .forEach(
            (name, player) -> {
              if (!graph.players().contains(name)) {
                problems.add(
                    player.position(),
                    "There is no player %s; the players are %s."
                        .formatted(
                            MessageText.quoted(name), MessageText.quoted(graph.players(), "and")),
                    NearestName.suggestion(name, graph.players()));
              }
            });
  }

  /** Checks the name of the device. A machine without the device can read the recipe, too. */
  void checkDevice() {
    String device = recipe.settings().device();
    if (!ComputeDevice.isSetting(device)) {
      problems.add(
          recipe.settingPosition().apply("device"),
          "'train.device' is %s, which is not a device.".formatted(MessageText.quoted(device)),
          "Use 'auto', 'cpu', 'cuda', 'cuda:N' or 'mps'.");
    }
  }

  /**
   * Checks the values that decide about the best checkpoint and the end of the training.
   *
   * @param evaluations not called if nothing depends on it, because metrics may read all labels
   */
  void checkDecisiveValues(Supplier<List<MetricEvaluation>> evaluations) {
    TrainSettings settings = recipe.settings();
    if (settings.evaluateEvery() > 0
        || !settings.keepBest().isEmpty()
        || settings.earlyStopping().isSet()) {
      checkDecisiveValues(settings, evaluations.get());
    }
  }

  private void checkDecisiveValues(TrainSettings settings, List<MetricEvaluation> evaluations) {
    boolean evaluated = settings.evaluateEvery() > 0;
    if (evaluated && evaluations.isEmpty()) {
      problems.add(
          recipe.settingPosition().apply("evaluate-every"),
          "'train.evaluate-every' evaluates the metrics of the recipe, which names none.",
          "Add 'metrics: [NAME]', or remove it.");
    }
    List<String> metrics = evaluations.stream().map(MetricEvaluation::name).toList();
    String best = settings.keepBest();
    if (!best.isEmpty() && !graph.reportedNames().contains(best)) {
      checkFigure("keep-best", best, metrics, List.copyOf(graph.reportedNames()));
    }
    if (settings.earlyStopping().isSet()) {
      checkFigure("early-stopping", settings.earlyStopping().figure(), metrics, List.of());
    }
  }

  /** Checks that an evaluation during the training gives a figure; others are reported anyway. */
  private void checkFigure(
      String setting, String figure, List<String> metrics, List<String> reported) {
    SourcePosition position = recipe.settingPosition().apply(setting);
    boolean known = metrics.stream().anyMatch(metric -> figure.startsWith(metric + "/"));
    if (known && recipe.settings().evaluateEvery() == 0) {
      problems.add(
          position,
          "'train.%s' names the figure %s, which only an evaluation gives."
              .formatted(setting, MessageText.quoted(figure)),
          "Set 'train.evaluate-every', such as to a hundredth of the steps.");
    } else if (!known) {
      List<String> names = new ArrayList<>(reported);
      metrics.forEach(metric -> names.add(metric + "/FIGURE"));
      problems.add(
          position,
          "'train.%s' names %s, which this recipe does not report."
              .formatted(setting, MessageText.quoted(figure)),
          NearestName.suggestion(figure, names)
              + (names.isEmpty()
                  ? "Name a metric under 'metrics'."
                  : "It reports " + MessageText.quoted(names, "and") + "."));
    }
  }
}
