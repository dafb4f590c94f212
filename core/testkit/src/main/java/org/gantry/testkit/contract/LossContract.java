package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.training.TrainingGraph;

/** The contract of losses. */
final class LossContract {

  private static final double[] REAL = {2, -1, 0.5, 0.25};
  private static final double[] FAKE = {-1.5, 0.3, 1.2, -0.7};

  private LossContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    List<ContractCheck> checks = new ArrayList<>();
    checks.add(
        new ContractCheck("it gives both players a term to minimise", () -> checkTerms(subject)));
    checks.addAll(TrainingChecks.of(() -> game(subject.create(Loss.class))));
    checks.addAll(TrainingChecks.ofFunctions(() -> recorded(subject)));
    checks.add(
        new ContractCheck(
            "scores of patches give the same loss as single scores, if it is a ScoreLoss",
            () -> checkPatches(subject)));
    checks.add(
        new ContractCheck(
            "extreme scores give finite losses, if it is a ScoreLoss",
            () -> checkExtremes(subject)));
    return checks;
  }

  private static TrainingGraph game(Loss loss) {
    return AdaptiveGame.of(loss).build();
  }

  private static void checkTerms(ContractSubject subject) {
    Map<String, Double> reported = AdaptiveGame.train(game(subject.create(Loss.class))).get(0);
    ContractAssertions.requireTerm("generator", reported);
    ContractAssertions.requireTerm("discriminator", reported);
  }

  private static FunctionRecorder recorded(ContractSubject subject) {
    FunctionRecorder recorder = new FunctionRecorder();
    Loss loss = subject.create(Loss.class);
    AdaptiveGame.train(game((pair, graph) -> loss.addTerms(pair, recorder.recordingGraph(graph))));
    return recorder;
  }

  private static void checkPatches(ContractSubject subject) throws Exception {
    if (!(subject.create(Loss.class) instanceof ScoreLoss loss)) {
      return;
    }
    TensorScope.runUnrecorded(
        manager -> {
          Shape one = new Shape(4, 1);
          Shape patches = new Shape(1, 1, 2, 2);
          ContractAssertions.requireClose(
              1e-12,
              ArrayAssertions.toDoubles(
                  loss.discriminatorLoss(real(manager, one), fake(manager, one))),
              ArrayAssertions.toDoubles(
                  loss.discriminatorLoss(real(manager, patches), fake(manager, patches))),
              "the discriminator loss of patches");
          ContractAssertions.requireClose(
              1e-12,
              ArrayAssertions.toDoubles(loss.generatorLoss(fake(manager, one))),
              ArrayAssertions.toDoubles(loss.generatorLoss(fake(manager, patches))),
              "the generator loss of patches");
        });
  }

  private static NDArray real(NDManager manager, Shape shape) {
    return manager.create(REAL).reshape(shape);
  }

  private static NDArray fake(NDManager manager, Shape shape) {
    return manager.create(FAKE).reshape(shape);
  }

  private static void checkExtremes(ContractSubject subject) throws Exception {
    if (!(subject.create(Loss.class) instanceof ScoreLoss loss)) {
      return;
    }
    TensorScope.runUnrecorded(
        manager -> {
          for (float score : new float[] {-50, 50}) {
            NDArray far = manager.create(new float[] {score, score}, new Shape(2, 1));
            NDArray near = manager.create(new float[] {0.1f, -0.1f}, new Shape(2, 1));
            ContractAssertions.requireFinite(
                loss.discriminatorLoss(far, near), "the discriminator loss");
            ContractAssertions.requireFinite(
                loss.discriminatorLoss(near, far), "the discriminator loss");
            ContractAssertions.requireFinite(loss.generatorLoss(far), "the generator loss");
          }
        });
  }
}
