package org.gantry.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.data.Dataset;
import org.gantry.topology.Topology;
import org.gantry.training.TrainingGraph;

/** The contract of topologies, checked on the first typical data that they support. */
final class TopologyContract {

  private TopologyContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    List<ContractCheck> checks = new ArrayList<>();
    checks.add(
        new ContractCheck(
            "it builds a game on typical data, or states what it needs",
            () -> supportedData(subject)));
    checks.add(
        new ContractCheck("every player has a term to minimise", () -> checkTerms(graph(subject))));
    checks.addAll(TrainingChecks.of(() -> graph(subject)));
    return checks;
  }

  private static Map<String, Dataset> supportedData(ContractSubject subject) {
    return TypicalDatasets.firstSupported(data -> graph(subject, data));
  }

  private static TrainingGraph graph(ContractSubject subject) {
    return graph(subject, supportedData(subject));
  }

  private static TrainingGraph graph(ContractSubject subject, Map<String, Dataset> data) {
    return TopologyGame.build(subject.create(Topology.class), data);
  }

  private static void checkTerms(TrainingGraph graph) {
    Map<String, Double> reported = AdaptiveGame.train(graph).get(0);
    for (String player : graph.players()) {
      ContractAssertions.requireTerm(player, reported);
    }
  }
}
