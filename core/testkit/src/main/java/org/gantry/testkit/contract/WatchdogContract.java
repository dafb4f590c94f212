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
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;

/** The contract of watchdogs. */
final class WatchdogContract {

  private static final int STEPS = 1500;
  private static final int STEPS_BETWEEN_SAMPLES = 100;
  private static final Shape SAMPLES = new Shape(16, 2);

  private WatchdogContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it finds no trouble in a healthy training",
            () -> {
              List<WatchdogResult> results = watch(subject, true);
              for (WatchdogResult result : results) {
                ContractAssertions.require(
                    result.findings().stream()
                        .noneMatch(f -> f.severity() == WatchdogFinding.Severity.TROUBLE),
                    "it finds %s",
                    result.findings());
              }
            }),
        new ContractCheck(
            "its memory is finite",
            () -> {
              for (WatchdogResult result : watch(subject, true)) {
                result
                    .memory()
                    .forEach(
                        (name, value) ->
                            ContractAssertions.require(
                                Double.isFinite(value), "%s is %s", name, value));
              }
            }),
        new ContractCheck(
            "its whole state is in its memory, so that a training can resume",
            () ->
                ContractAssertions.require(
                    watch(subject, true).equals(watch(subject, false)),
                    "another instance with the same memory gives another result")),
        new ContractCheck(
            "it accepts a step without gradients and watched values",
            () ->
                subject
                    .create(Watchdog.class)
                    .inspectStep(
                        new StepReport(1, Map.of(), Set.of(), Map.of(), Map.of()), Map.of())));
  }

  /**
   * Watches a healthy training.
   *
   * @param one whether one instance inspects all steps, or a new instance each step
   */
  private static List<WatchdogResult> watch(ContractSubject subject, boolean one) throws Exception {
    List<WatchdogResult> results = new ArrayList<>();
    TensorScope.runUnrecorded(
        manager -> {
          Watchdog watchdog = subject.create(Watchdog.class);
          RandomGenerator random = new RandomStreams(9).at("training");
          Map<String, Double> memory = Map.of();
          for (int step = 1; step <= STEPS; step++) {
            watchdog = one ? watchdog : subject.create(Watchdog.class);
            results.add(watchdog.inspectStep(step(step, random), memory));
            memory = last(results).memory();
            if (step % STEPS_BETWEEN_SAMPLES == 0) {
              try (NDArray generated = points(manager, random);
                  NDArray real = points(manager, random)) {
                results.add(
                    watchdog.inspectSamples(
                        new SampleBatch(step, "generator", generated, real), memory));
              }
              memory = last(results).memory();
            }
          }
        });
    return results;
  }

  private static WatchdogResult last(List<WatchdogResult> results) {
    return results.get(results.size() - 1);
  }

  private static NDArray points(NDManager manager, RandomGenerator random) {
    float[] values = new float[Math.toIntExact(SAMPLES.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, SAMPLES);
  }

  /** Returns a step near the equilibrium of the original GAN, with a little noise. */
  private static StepReport step(int number, RandomGenerator random) {
    return new StepReport(
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
