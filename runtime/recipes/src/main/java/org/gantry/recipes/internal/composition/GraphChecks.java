package org.gantry.recipes.internal.composition;

import java.util.List;
import java.util.Set;
import org.gantry.recipes.internal.format.Recipe;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
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

  /** Checks that the training reports the value by which it keeps the best checkpoint. */
  void checkBestValue() {
    String value = recipe.settings().keepBest();
    if (value.isEmpty() || graph.reportedNames().contains(value)) {
      return;
    }
    problems.add(
        recipe.keepBestPosition(),
        "'train.keep-best' names %s, which this recipe does not report."
            .formatted(MessageText.quoted(value)),
        NearestName.suggestion(value, graph.reportedNames())
            + "It reports "
            + MessageText.quoted(List.copyOf(graph.reportedNames()), "and")
            + ".");
  }
}
