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

  static List<Check> of(Subject subject) {
    return List.of(
        new Check("it fits a plain game, or says what it needs", () -> fitting(subject)),
        new Check(
            "everything stays finite in a short training",
            () -> Game.checkFinite(game(subject.as(Regularizer.class), fitting(subject)))),
        new Check(
            "the same seed gives the same numbers",
            () -> {
              Dataset data = fitting(subject);
              Game.checkRepeatable(
                  game(subject.as(Regularizer.class), data),
                  game(subject.as(Regularizer.class), data));
            }),
        new Check(
            "all that it remembers is in checkpoints, so that a training can resume",
            () -> {
              Dataset data = fitting(subject);
              Resumption.check(
                  game(subject.as(Regularizer.class), data),
                  game(subject.as(Regularizer.class), data));
            }),
        new Check(
            "its functions are pure, and float32 on float32", () -> recorded(subject).checkPure()),
        new Check(
            "its gradients are those of finite differences",
            () -> {
              for (Slopes function : recorded(subject).functions()) {
                function.check();
              }
            }));
  }

  /** The first data on which there is a game that it fits. */
  private static Dataset fitting(Subject subject) {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map.Entry<String, Dataset> data : Data.all().entrySet()) {
      try {
        game(subject.as(Regularizer.class), data.getValue());
        return data.getValue();
      } catch (CompositionException e) {
        refusals.put(data.getKey(), Game.misfit(e));
      }
    }
    throw new NotApplicable("it fits none of the plain games: " + refusals);
  }

  private static TrainingGraph game(Regularizer regularizer, Dataset data) {
    return Game.of(new CrossEntropy(), regularizer).on(data).build();
  }

  private static Recorder recorded(Subject subject) {
    Recorder recorder = new Recorder();
    Regularizer regularizer = subject.as(Regularizer.class);
    Game.train(game(graph -> regularizer.edit(recorder.around(graph)), fitting(subject)));
    return recorder;
  }
}
