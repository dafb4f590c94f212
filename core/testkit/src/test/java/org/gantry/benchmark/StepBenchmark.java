package org.gantry.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;

/**
 * Measures the step of a session, and compares it with a loop that is written by hand with DJL.
 * Both have the same networks, data and update rule. They run alternately in one process. The
 * benchmark prints medians over the rounds.
 */
public final class StepBenchmark {

  private static final int ROUNDS = 7;

  private StepBenchmark() {}

  /** Measures both games. */
  public static void main(String[] arguments) {
    measure(BenchmarkGame.mlp(), 200);
    measure(BenchmarkGame.dcgan(), 5);
  }

  private static void measure(BenchmarkGame game, int steps) {
    List<Double> composed = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    try (Session session = Session.open(TrainingGraph.build(ComposedGame.composition(game)));
        PlainLoop loop = new PlainLoop(game)) {
      for (int round = 0; round <= ROUNDS; round++) {
        double a = time(session::step, steps);
        double b = time(loop::step, steps);
        if (round > 0) {
          composed.add(a);
          plain.add(b);
        }
      }
    }
    System.out.printf(
        "%s: composed %.2f ms, plain %.2f ms, ratio %.3f (medians of %d rounds of %d steps)%n",
        game.name(),
        median(composed),
        median(plain),
        median(composed) / median(plain),
        ROUNDS,
        steps);
  }

  private static double time(Runnable step, int steps) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    return (System.nanoTime() - start) / 1e6 / steps;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
