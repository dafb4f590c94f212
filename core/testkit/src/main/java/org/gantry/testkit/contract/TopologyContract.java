package org.gantry.testkit.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.data.Dataset;
import org.gantry.topology.Topology;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;

/** What every topology promises, on whatever of the usual data it fits. */
final class TopologyContract {

  private TopologyContract() {}

  static List<Check> of(Subject subject) {
    return List.of(
        new Check(
            "it wires a game on usual data, or says what data it needs", () -> fitting(subject)),
        new Check("every player has something to minimise", () -> checkAllPlay(graph(subject))),
        new Check(
            "everything stays finite in a short training", () -> Game.checkFinite(graph(subject))),
        new Check(
            "the same seed gives the same numbers",
            () -> Game.checkRepeatable(graph(subject), graph(subject))),
        new Check(
            "all that it remembers is in checkpoints, so that a training can resume",
            () -> Resumption.check(graph(subject), graph(subject))));
  }

  private static Dataset fitting(Subject subject) {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map.Entry<String, Dataset> data : Data.all().entrySet()) {
      try {
        graph(subject.as(Topology.class), data.getValue());
        return data.getValue();
      } catch (CompositionException e) {
        refusals.put(data.getKey(), Game.misfit(e));
      }
    }
    throw new NotApplicable("it fits none of the usual data: " + refusals);
  }

  private static TrainingGraph graph(Subject subject) {
    return graph(subject.as(Topology.class), fitting(subject));
  }

  private static TrainingGraph graph(Topology topology, Dataset data) {
    return Game.of(new CrossEntropy()).wired(topology).on(data).build();
  }

  private static void checkAllPlay(TrainingGraph graph) {
    Map<String, Double> reported = Game.train(graph).get(0);
    for (String player : graph.players()) {
      Expect.that(
          reported.keySet().stream().anyMatch(term -> term.startsWith(player + "/")),
          "the player %s has no term; the terms are %s",
          player,
          reported.keySet());
    }
  }
}
