package org.gantry.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.data.Dataset;
import org.gantry.regularizer.Regularizer;
import org.gantry.training.TrainingGraph;

/** The contract of regularizers, checked in the first typical game that they support. */
final class RegularizerContract {

  private RegularizerContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    List<ContractCheck> checks = new ArrayList<>();
    checks.add(
        new ContractCheck(
            "it works in a typical game, or states what it needs", () -> supportedData(subject)));
    checks.addAll(
        TrainingChecks.of(() -> game(subject.create(Regularizer.class), supportedData(subject))));
    checks.addAll(TrainingChecks.ofFunctions(() -> recorded(subject)));
    return checks;
  }

  private static Map<String, Dataset> supportedData(ContractSubject subject) {
    return TypicalDatasets.firstSupported(data -> game(subject.create(Regularizer.class), data));
  }

  /** A game of one generator and one discriminator, or of translation between two data sets. */
  private static TrainingGraph game(Regularizer regularizer, Map<String, Dataset> data) {
    AdaptiveGame game = AdaptiveGame.of(new CrossEntropyLoss(), regularizer).withDatasets(data);
    return (data.size() == 1 ? game : game.withTopology(new TypicalTranslation())).build();
  }

  private static FunctionRecorder recorded(ContractSubject subject) {
    FunctionRecorder recorder = new FunctionRecorder();
    Regularizer regularizer = subject.create(Regularizer.class);
    AdaptiveGame.train(
        game(graph -> regularizer.edit(recorder.recordingGraph(graph)), supportedData(subject)));
    return recorder;
  }
}
