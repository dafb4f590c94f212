package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.gantry.tensor.RandomStreams;
import org.gantry.watchdog.Finding;
import org.gantry.watchdog.Samples;
import org.gantry.watchdog.Step;
import org.gantry.watchdog.Verdict;
import org.gantry.watchdog.Watchdog;

/** What every watchdog promises. */
final class WatchdogContract {

  private static final int STEPS = 1500;
  private static final int BETWEEN_LOOKS = 100;
  private static final Shape SAMPLES = new Shape(16, 2);

  private WatchdogContract() {}

  static List<Check> of(Subject subject) {
    return List.of(
        new Check(
            "it is quiet in a training where all is well",
            () -> {
              List<Verdict> verdicts = watch(subject, true);
              for (Verdict verdict : verdicts) {
                Expect.that(
                    verdict.findings().stream()
                        .noneMatch(f -> f.severity() == Finding.Severity.TROUBLE),
                    "it finds %s",
                    verdict.findings());
              }
            }),
        new Check(
            "what it remembers is finite",
            () -> {
              for (Verdict verdict : watch(subject, true)) {
                verdict
                    .memory()
                    .forEach(
                        (name, value) ->
                            Expect.that(Double.isFinite(value), "%s is %s", name, value));
              }
            }),
        new Check(
            "all that it knows is in its memory, so that a training can resume",
            () ->
                Expect.that(
                    watch(subject, true).equals(watch(subject, false)),
                    "another instance with the same memory says something else")),
        new Check(
            "a step without gradients and watched values is no reason to fail",
            () ->
                subject
                    .as(Watchdog.class)
                    .step(new Step(1, Map.of(), Set.of(), Map.of(), Map.of()), Map.of())));
  }

  /** Watches a training that does well, by one instance or by another at each look. */
  private static List<Verdict> watch(Subject subject, boolean one) throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    Trial.unrecorded(
        manager -> {
          Watchdog watchdog = subject.as(Watchdog.class);
          RandomGenerator random = new RandomStreams(9).at("training");
          Map<String, Double> memory = Map.of();
          for (int step = 1; step <= STEPS; step++) {
            watchdog = one ? watchdog : subject.as(Watchdog.class);
            verdicts.add(watchdog.step(step(step, random), memory));
            memory = last(verdicts).memory();
            if (step % BETWEEN_LOOKS == 0) {
              try (NDArray generated = points(manager, random);
                  NDArray real = points(manager, random)) {
                verdicts.add(
                    watchdog.samples(new Samples(step, "generator", generated, real), memory));
              }
              memory = last(verdicts).memory();
            }
          }
        });
    return verdicts;
  }

  private static Verdict last(List<Verdict> verdicts) {
    return verdicts.get(verdicts.size() - 1);
  }

  private static NDArray points(NDManager manager, RandomGenerator random) {
    float[] values = new float[Math.toIntExact(SAMPLES.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, SAMPLES);
  }

  /** Terms near the balance of the original game, with a little noise. */
  private static Step step(int number, RandomGenerator random) {
    return new Step(
        number,
        Map.of(
            "discriminator/game", 1.3 + 0.05 * random.nextGaussian(),
            "generator/game", 0.8 + 0.05 * random.nextGaussian()),
        Set.of("discriminator/game"),
        Map.of(
            "discriminator", 1 + 0.1 * random.nextDouble(),
            "generator", 1 + 0.1 * random.nextDouble()),
        Map.of());
  }
}
