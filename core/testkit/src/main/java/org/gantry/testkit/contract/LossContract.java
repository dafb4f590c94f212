package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.testkit.Numbers;
import org.gantry.training.TrainingGraph;

/** What every loss promises. */
final class LossContract {

  private static final double[] REAL = {2, -1, 0.5, 0.25};
  private static final double[] FAKE = {-1.5, 0.3, 1.2, -0.7};

  private LossContract() {}

  static List<Check> of(Subject subject) {
    List<Check> checks =
        new ArrayList<>(
            List.of(
                new Check(
                    "it gives both sides of the game something to minimise",
                    () -> checkBothPlay(subject)),
                new Check(
                    "its terms stay finite in a short training",
                    () -> Game.checkFinite(game(subject.as(Loss.class)))),
                new Check(
                    "the same seed gives the same numbers",
                    () ->
                        Game.checkRepeatable(
                            game(subject.as(Loss.class)), game(subject.as(Loss.class)))),
                new Check(
                    "all that it remembers is in checkpoints, so that a training can resume",
                    () ->
                        Resumption.check(
                            game(subject.as(Loss.class)), game(subject.as(Loss.class)))),
                new Check(
                    "its functions are pure, and float32 on float32",
                    () -> recorded(subject).checkPure()),
                new Check(
                    "its gradients are those of finite differences",
                    () -> {
                      for (Slopes function : recorded(subject).functions()) {
                        function.check();
                      }
                    })));
    checks.add(new Check("scores of patches count like any others", () -> checkPatches(subject)));
    checks.add(new Check("extreme scores give finite losses", () -> checkExtremes(subject)));
    return checks;
  }

  private static TrainingGraph game(Loss loss) {
    return Game.of(loss).build();
  }

  private static void checkBothPlay(Subject subject) {
    Map<String, Double> reported = Game.train(game(subject.as(Loss.class))).get(0);
    for (String player : List.of("generator", "discriminator")) {
      Expect.that(
          reported.keySet().stream().anyMatch(term -> term.startsWith(player + "/")),
          "the %s of a plain game has no term; the terms are %s",
          player,
          reported.keySet());
    }
  }

  private static Recorder recorded(Subject subject) {
    Recorder recorder = new Recorder();
    Loss loss = subject.as(Loss.class);
    Game.train(game((pair, graph) -> loss.play(pair, recorder.around(graph))));
    return recorder;
  }

  private static ScoreLoss ofScores(Subject subject) {
    if (subject.as(Loss.class) instanceof ScoreLoss loss) {
      return loss;
    }
    throw new NotApplicable("it is no ScoreLoss");
  }

  private static void checkPatches(Subject subject) throws Exception {
    ScoreLoss loss = ofScores(subject);
    Trial.unrecorded(
        manager -> {
          Shape one = new Shape(4, 1);
          Shape patches = new Shape(1, 1, 2, 2);
          Expect.close(
              1e-12,
              Numbers.doubles(loss.discriminator(real(manager, one), fake(manager, one))),
              Numbers.doubles(loss.discriminator(real(manager, patches), fake(manager, patches))),
              "the discriminator's loss of patches");
          Expect.close(
              1e-12,
              Numbers.doubles(loss.generator(fake(manager, one))),
              Numbers.doubles(loss.generator(fake(manager, patches))),
              "the generator's loss of patches");
        });
  }

  private static NDArray real(NDManager manager, Shape shape) {
    return manager.create(REAL).reshape(shape);
  }

  private static NDArray fake(NDManager manager, Shape shape) {
    return manager.create(FAKE).reshape(shape);
  }

  private static void checkExtremes(Subject subject) throws Exception {
    ScoreLoss loss = ofScores(subject);
    Trial.unrecorded(
        manager -> {
          for (float score : new float[] {-50, 50}) {
            NDArray far = manager.create(new float[] {score, score}, new Shape(2, 1));
            NDArray near = manager.create(new float[] {0.1f, -0.1f}, new Shape(2, 1));
            Expect.finite(loss.discriminator(far, near), "the discriminator's loss");
            Expect.finite(loss.discriminator(near, far), "the discriminator's loss");
            Expect.finite(loss.generator(far), "the generator's loss");
          }
        });
  }
}
