package org.gantry.testkit.contract;

import java.util.ArrayList;
import java.util.List;
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

  private static Dataset supportedData(ContractSubject subject) {
    return TypicalDatasets.firstSupported(data -> game(subject.create(Regularizer.class), data));
  }

  private static TrainingGraph game(Regularizer regularizer, Dataset data) {
    return AdaptiveGame.of(new CrossEntropyLoss(), regularizer).withDataset(data).build();
  }

  private static FunctionRecorder recorded(ContractSubject subject) {
    FunctionRecorder recorder = new FunctionRecorder();
    Regularizer regularizer = subject.create(Regularizer.class);
    AdaptiveGame.train(
        game(graph -> regularizer.edit(recorder.recordingGraph(graph)), supportedData(subject)));
    return recorder;
  }
}
