package org.gantry.plugin.watchdogs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.gantry.tensor.FloatArrays;
import org.gantry.testkit.TensorTest;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.WatchdogResult;
import org.junit.jupiter.api.Test;

@TensorTest
final class CollapseWatchdogTest {

  private static final int COUNT = 32;
  private static final Shape IMAGES = new Shape(COUNT, 1, 8, 8);
  private static final String ALIKE = "the samples are all alike";
  private static final String COPIES = "the samples are copies of a few";

  private final CollapseWatchdog watchdog =
      new CollapseWatchdog(new CollapseWatchdog.Options(0.25, 0.05, 3, 1000));
  private final Random random = new Random(11);

  @Test
  void equalSamplesAreFoundAtTheThirdInspection(NDManager manager) {
    assertEquals(
        List.of("1300: " + ALIKE, "1400: " + ALIKE),
        looks(manager, 1100, 1400, step -> manager.full(IMAGES, 0.7f)));
  }

  @Test
  void similarSamplesAreFoundAtTheThirdInspectionAfterTheFall(NDManager manager) {
    assertEquals(
        List.of("2300: " + ALIKE, "2400: " + ALIKE),
        looks(
            manager, 1100, 2400, step -> noise(manager).mul(step <= 2000 ? 0.8f : 0.2f).add(0.3f)));
  }

  @Test
  void copiesOfThreeDistantImagesAreFound(NDManager manager) {
    assertEquals(
        List.of("2300: " + COPIES, "2400: " + COPIES),
        looks(manager, 1100, 2400, step -> step <= 2000 ? noise(manager) : copies(manager, 3)));
  }

  @Test
  void aFindingContainsTheValuesAndTheNetwork(NDManager manager) {
    NDArray real = manager.create(new float[] {0, 0, 3, 4}).reshape(2, 2);
    NDArray generated = manager.create(new float[] {1, 1, 1, 1.5f}).reshape(2, 2);
    CollapseWatchdog hasty = new CollapseWatchdog(new CollapseWatchdog.Options(0.25, 0.05, 1, 0));
    SampleBatch samples = new SampleBatch(10, "decoder", generated, real);
    WatchdogResult verdict =
        hasty.inspectSamples(samples, hasty.inspectSamples(samples, Map.of()).memory());

    assertEquals("decoder", verdict.findings().get(0).subject());
    assertEquals(
        "the mean distance between samples is 0.500, and 5.00 in real data",
        verdict.findings().get(0).evidence());
  }

  @Test
  void samplesAsDiverseAsRealDataAreHealthy(NDManager manager) {
    assertEquals(List.of(), looks(manager, 1100, 4000, step -> noise(manager)));
  }

  @Test
  void samplesOfHalfTheContrastAreHealthy(NDManager manager) {
    assertEquals(List.of(), looks(manager, 1100, 4000, step -> noise(manager).mul(0.5f)));
  }

  @Test
  void equalSamplesAtTheStartAreHealthy(NDManager manager) {
    assertEquals(
        List.of(),
        looks(
            manager,
            100,
            4000,
            step -> step <= 1100 ? manager.full(IMAGES, 0.7f) : noise(manager)));
  }

  @Test
  void samplesThatSlowlyMoveApartAreHealthy(NDManager manager) {
    assertEquals(List.of(), looks(manager, 100, 4000, step -> noise(manager).mul(step / 20_000f)));
  }

  @Test
  void aPassingFallIsHealthy(NDManager manager) {
    assertEquals(
        List.of(),
        looks(
            manager,
            1100,
            4000,
            step -> step % 500 < 200 ? manager.zeros(IMAGES) : noise(manager)));
  }

  @Test
  void networksAreInspectedSeparately(NDManager manager) {
    Map<String, Double> memory = Map.of();
    for (long step = 1100; step <= 1500; step += 100) {
      memory =
          watchdog
              .inspectSamples(
                  new SampleBatch(step, "one", manager.zeros(IMAGES), noise(manager)), memory)
              .memory();
      WatchdogResult other =
          watchdog.inspectSamples(
              new SampleBatch(step, "other", noise(manager), noise(manager)), memory);
      assertEquals(List.of(), other.findings());
      memory = other.memory();
    }
    assertEquals(5, memory.get("one/looks"));
  }

  @Test
  void theDistancesMatchAHandCalculation(NDManager manager) {
    NDArray points = manager.create(new float[] {0, 0, 0, 1, 3, 0, 3, 2}).reshape(4, 2);
    SampleDistances distances = SampleDistances.within(points);

    double expected = 1 + 3 + Math.sqrt(13) + Math.sqrt(10) + Math.sqrt(10) + 2;
    assertEquals(expected / 6, distances.mean(), 1e-9);
    assertEquals(1.5, distances.nearest(), 1e-9);
  }

  @Test
  void nearCopiesFarFromTheOriginAreMeasuredExactly(NDManager manager) {
    NDArray points = manager.create(new float[] {1000, 1000, 1000, 1000.001f}).reshape(2, 2);

    assertEquals(1000.001f - 1000f, SampleDistances.within(points).nearest(), 1e-9);
  }

  private List<String> looks(
      NDManager manager, long from, long to, LongFunction<NDArray> generated) {
    List<String> findings = new ArrayList<>();
    Map<String, Double> memory = Map.of();
    for (long step = from; step <= to; step += 100) {
      WatchdogResult verdict =
          watchdog.inspectSamples(
              new SampleBatch(step, "generator", generated.apply(step), noise(manager)), memory);
      memory = verdict.memory();
      for (var finding : verdict.findings()) {
        findings.add(step + ": " + finding.problem());
      }
    }
    return findings;
  }

  private NDArray noise(NDManager manager) {
    return FloatArrays.fill(
        manager,
        IMAGES,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put((float) random.nextGaussian());
          }
        });
  }

  /** Copies of a few images, each with a little noise of its own. */
  private NDArray copies(NDManager manager, int images) {
    NDArray few = noise(manager).get("0:" + images);
    return few.repeat(0, COUNT / images + 1).get("0:" + COUNT).add(noise(manager).mul(0.01f));
  }
}
