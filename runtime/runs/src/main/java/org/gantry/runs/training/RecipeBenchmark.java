package org.gantry.runs.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.OutOfMemory;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.EngineThreads;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.GradientCheck;
import org.gantry.training.Session;
import org.gantry.training.StepTimer;
import org.gantry.training.StepTimer.StepPart;

/** Measures how fast a recipe trains, and which parts of a step take how long. */
public final class RecipeBenchmark {

  private static final int ROUNDS = 5;
  private static final int COMPARED_ROUNDS = 7;

  private RecipeBenchmark() {}

  /**
   * Trains for some time. The first third warms up, the second measures the rate, and the third
   * measures the parts. Nothing is written.
   *
   * @param duration the time; each part takes at least a few steps
   */
  public static StepMeasurement measure(ComposedRecipe composed, Duration duration) {
    int threads = EngineThreads.forNewRun(composed);
    ThreadCount.set(threads);
    long third = duration.toNanos() / 3;
    try (Session session = open(composed)) {
      train(session, third, StepTimer.NONE);
      List<Double> rates = new ArrayList<>();
      ProcessorTime used = ProcessorTime.now();
      int measured = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        int steps = train(session, third / ROUNDS, StepTimer.NONE);
        measured += steps;
        rates.add(steps * 1e9 / (System.nanoTime() - start));
      }
      ProcessorTime processor = ProcessorTime.now().since(used).dividedBy(measured);
      Collections.sort(rates);
      Map<StepPart, Long> parts = new LinkedHashMap<>();
      long start = System.nanoTime();
      int steps = train(session, third, (part, time) -> parts.merge(part, time, Long::sum));
      long time = System.nanoTime() - start;
      return new StepMeasurement(
          rates,
          processor,
          threads,
          OutOfMemory.peakBytes(),
          session.networkForms(),
          steps,
          time,
          parts);
    }
  }

  /**
   * Trains two recipes in turn, which cancels most of what other programs do to both. Nothing is
   * written.
   *
   * @param duration the time for both; a third of it warms up
   */
  public static StepComparison compare(
      ComposedRecipe first, ComposedRecipe second, Duration duration) {
    int threads = EngineThreads.forNewRun(first);
    ThreadCount.set(threads);
    long sixth = duration.toNanos() / 6;
    try (Session a = open(first);
        Session b = open(second)) {
      train(a, sixth, StepTimer.NONE);
      train(b, sixth, StepTimer.NONE);
      List<Double> times = new ArrayList<>();
      List<Double> otherTimes = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      double processor = 0;
      double otherProcessor = 0;
      for (int round = 0; round < COMPARED_ROUNDS; round++) {
        StepTimes one =
            StepTimes.measure(() -> train(a, 2 * sixth / COMPARED_ROUNDS, StepTimer.NONE));
        StepTimes other =
            StepTimes.measure(() -> train(b, 2 * sixth / COMPARED_ROUNDS, StepTimer.NONE));
        times.add(one.time());
        otherTimes.add(other.time());
        ratios.add(one.time() / other.time());
        processor += one.processor();
        otherProcessor += other.processor();
      }
      Collections.sort(ratios);
      return new StepComparison(
          median(times), median(otherTimes), ratios, processor / otherProcessor, threads);
    }
  }

  private static Session open(ComposedRecipe composed) {
    return Session.open(composed.graph(), EngineDevice.forNewRun(composed.settings()));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** The time of a step, on the clock and of the processor, in nanoseconds. */
  private record StepTimes(double time, double processor) {
    static StepTimes measure(IntSupplier training) {
      ProcessorTime used = ProcessorTime.now();
      long start = System.nanoTime();
      int steps = training.getAsInt();
      double time = System.nanoTime() - start;
      return new StepTimes(time / steps, (double) ProcessorTime.now().since(used).thread() / steps);
    }
  }

  /** Trains for some nanoseconds, and at least one step; returns the number of steps. */
  private static int train(Session session, long nanoseconds, StepTimer timer) {
    long end = System.nanoTime() + nanoseconds;
    int steps = 0;
    do {
      session.step(GradientCheck.FINITE, timer);
      steps++;
    } while (System.nanoTime() < end);
    return steps;
  }
}
