package org.gantry.testkit.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.data.Dataset;
import org.gantry.regularizer.Regularizer;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;

/** What every regularizer promises, in whatever plain game it fits. */
final class RegularizerContract {

  private RegularizerContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck("it fits a plain game, or says what it needs", () -> fitting(subject)),
        new ContractCheck(
            "everything stays finite in a short training",
            () ->
                AdaptiveGame.requireFinite(
                    game(subject.create(Regularizer.class), fitting(subject)))),
        new ContractCheck(
            "the same seed gives the same numbers",
            () -> {
              Dataset data = fitting(subject);
              AdaptiveGame.requireRepeatable(
                  game(subject.create(Regularizer.class), data),
                  game(subject.create(Regularizer.class), data));
            }),
        new ContractCheck(
            "all that it remembers is in checkpoints, so that a training can resume",
            () -> {
              Dataset data = fitting(subject);
              ResumeCheck.requireSameBits(
                  game(subject.create(Regularizer.class), data),
                  game(subject.create(Regularizer.class), data));
            }),
        new ContractCheck(
            "its functions are pure, and float32 on float32",
            () -> recorded(subject).requirePure()),
        new ContractCheck(
            "its gradients are those of finite differences",
            () -> {
              for (FiniteDifferences function : recorded(subject).functions()) {
                function.requireAgreement();
              }
            }));
  }

  /** The first data on which there is a game that it fits. */
  private static Dataset fitting(ContractSubject subject) {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map.Entry<String, Dataset> data : TypicalDatasets.all().entrySet()) {
      try {
        game(subject.create(Regularizer.class), data.getValue());
        return data.getValue();
      } catch (CompositionException e) {
        refusals.put(data.getKey(), AdaptiveGame.reasonOf(e));
      }
    }
    throw new NotApplicableException("it fits none of the plain games: " + refusals);
  }

  private static TrainingGraph game(Regularizer regularizer, Dataset data) {
    return AdaptiveGame.of(new CrossEntropyLoss(), regularizer).withDataset(data).build();
  }

  private static FunctionRecorder recorded(ContractSubject subject) {
    FunctionRecorder recorder = new FunctionRecorder();
    Regularizer regularizer = subject.create(Regularizer.class);
    AdaptiveGame.train(
        game(graph -> regularizer.edit(recorder.recordingGraph(graph)), fitting(subject)));
    return recorder;
  }
}
