package org.gantry.testkit.contract;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gantry.training.TrainingGraph;

/** Checks of a component in a short training. Components of several kinds share them. */
final class TrainingChecks {

  private TrainingChecks() {}

  /**
   * Returns the checks of a training.
   *
   * @param game builds a game with a new instance of the component
   */
  static List<ContractCheck> of(Supplier<TrainingGraph> game) {
    return List.of(
        new ContractCheck(
            "all values stay finite in a short training", () -> checkFinite(game.get())),
        new ContractCheck(
            "the same seed gives the same values", () -> checkRepeatable(game.get(), game.get())),
        new ContractCheck(
            "its whole state is in checkpoints, so that a training can resume",
            () -> ResumeCheck.requireSameBits(game.get(), game.get())));
  }

  /**
   * Returns the checks of the functions that a component adds to the graph.
   *
   * @param recorded trains a game with a new instance of the component and records its functions
   */
  static List<ContractCheck> ofFunctions(Supplier<FunctionRecorder> recorded) {
    return List.of(
        new ContractCheck(
            "its functions are pure and return float32 for float32",
            () -> recorded.get().requirePure()),
        new ContractCheck(
            "its gradients agree with finite differences",
            () -> {
              for (FiniteDifferences function : recorded.get().functions()) {
                function.requireAgreement();
              }
            }));
  }

  private static void checkFinite(TrainingGraph graph) {
    for (Map<String, Double> step : AdaptiveGame.train(graph)) {
      step.forEach(
          (name, value) ->
              ContractAssertions.require(Double.isFinite(value), "%s becomes %s", name, value));
    }
  }

  private static void checkRepeatable(TrainingGraph first, TrainingGraph second) {
    List<Map<String, Double>> expected = AdaptiveGame.train(first);
    List<Map<String, Double>> actual = AdaptiveGame.train(second);
    for (int i = 0; i < expected.size(); i++) {
      ContractAssertions.require(
          expected.get(i).equals(actual.get(i)),
          "step %d reports %s, but %s in another training under the same seed",
          i,
          expected.get(i),
          actual.get(i));
    }
  }
}
