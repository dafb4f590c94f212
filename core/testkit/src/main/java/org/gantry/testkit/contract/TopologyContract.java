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

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it wires a game on usual data, or says what data it needs", () -> fitting(subject)),
        new ContractCheck(
            "every player has something to minimise", () -> checkAllPlay(graph(subject))),
        new ContractCheck(
            "everything stays finite in a short training",
            () -> AdaptiveGame.requireFinite(graph(subject))),
        new ContractCheck(
            "the same seed gives the same numbers",
            () -> AdaptiveGame.requireRepeatable(graph(subject), graph(subject))),
        new ContractCheck(
            "all that it remembers is in checkpoints, so that a training can resume",
            () -> ResumeCheck.requireSameBits(graph(subject), graph(subject))));
  }

  private static Dataset fitting(ContractSubject subject) {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map.Entry<String, Dataset> data : TypicalDatasets.all().entrySet()) {
      try {
        graph(subject.create(Topology.class), data.getValue());
        return data.getValue();
      } catch (CompositionException e) {
        refusals.put(data.getKey(), AdaptiveGame.reasonOf(e));
      }
    }
    throw new NotApplicableException("it fits none of the usual data: " + refusals);
  }

  private static TrainingGraph graph(ContractSubject subject) {
    return graph(subject.create(Topology.class), fitting(subject));
  }

  private static TrainingGraph graph(Topology topology, Dataset data) {
    return AdaptiveGame.of(new CrossEntropyLoss()).withTopology(topology).withDataset(data).build();
  }

  private static void checkAllPlay(TrainingGraph graph) {
    Map<String, Double> reported = AdaptiveGame.train(graph).get(0);
    for (String player : graph.players()) {
      ContractAssertions.require(
          reported.keySet().stream().anyMatch(term -> term.startsWith(player + "/")),
          "the player %s has no term; the terms are %s",
          player,
          reported.keySet());
    }
  }
}
