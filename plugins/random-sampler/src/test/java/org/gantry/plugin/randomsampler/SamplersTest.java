package org.gantry.plugin.randomsampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.gantry.data.DatasetField;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.GeneratorModel;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class SamplersTest {

  /** Codes of three coordinates in [1, 2). */
  private record BoxPrior(boolean allowsLinearInterpolation) implements Prior {
    @Override
    public Shape shape() {
      return new Shape(3);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      while (into.hasRemaining()) {
        into.put(1 + random.nextFloat());
      }
    }
  }

  /** A model whose generator doubles every coordinate. */
  private static GeneratorModel run(NDManager manager, boolean straightPaths) {
    return new GeneratorModel(
        manager, new BoxPrior(straightPaths), new RandomStreams(3), codes -> codes.mul(2));
  }

  private static Sampler interpolation(int steps, double truncation) {
    return new InterpolationSampler(
        new InterpolationSampler.Options(steps, truncation, List.of(), false, false));
  }

  private static float[] row(NDArray samples, long index) {
    return samples.get(index).toFloatArray();
  }

  private static double norm(float[] vector) {
    double square = 0;
    for (float coordinate : vector) {
      square += coordinate * coordinate;
    }
    return Math.sqrt(square);
  }

  @Test
  void samplesAreGeneratedFromDistinctCodes(NDManager manager) {
    NDArray samples =
        new RandomSampler(new RandomSampler.Options(1)).sample(run(manager, false).request(5));
    assertEquals(new Shape(5, 3), samples.getShape());
    assertSame(manager, samples.getManager());
    Set<String> distinct = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      distinct.add(Arrays.toString(row(samples, i)));
      for (float coordinate : row(samples, i)) {
        assertTrue(coordinate >= 2 && coordinate < 4);
      }
    }
    assertEquals(5, distinct.size());
  }

  @Test
  void aLargerCountKeepsTheFirstSamples(NDManager manager) {
    GeneratorModel run = run(manager, false);
    NDArray many = new RandomSampler(new RandomSampler.Options(1)).sample(run.request(600));
    assertEquals(new Shape(600, 3), many.getShape());
    NDArray few = new RandomSampler(new RandomSampler.Options(1)).sample(run.request(2));
    assertArrayEquals(row(few, 1), row(many, 1));
  }

  @Test
  void onlyTheSamplesStayWithTheManager(NDManager manager) {
    int before = manager.getManagedArrays().size();
    new RandomSampler(new RandomSampler.Options(1)).sample(run(manager, false).request(600));
    assertEquals(before + 1, manager.getManagedArrays().size());
  }

  @Test
  void everyRowEndsWhereTheNextStarts(NDManager manager) {
    Sampler sampler = interpolation(4, 1);
    NDArray rows = sampler.sample(run(manager, true).request(12));
    NDArray codes =
        new RandomSampler(new RandomSampler.Options(1)).sample(run(manager, true).request(4));
    for (int row = 0; row < 3; row++) {
      assertArrayEquals(row(codes, row), row(rows, 4L * row), 1e-6f);
      assertArrayEquals(row(codes, row + 1), row(rows, 4L * row + 3), 1e-6f);
    }
  }

  @Test
  void truncationScalesCodes(NDManager manager) {
    NDArray whole =
        new RandomSampler(new RandomSampler.Options(1)).sample(run(manager, true).request(3));
    NDArray half =
        new RandomSampler(new RandomSampler.Options(0.5)).sample(run(manager, true).request(3));
    NDArray path = interpolation(2, 0.5).sample(run(manager, true).request(3));
    for (int i = 0; i < 3; i++) {
      assertEquals(row(whole, 0)[i] / 2, row(half, 0)[i], 1e-6);
      assertEquals(row(whole, 0)[i] / 2, row(path, 0)[i], 1e-6);
    }
  }

  private static NDArray sampled(
      InterpolationSampler.Options options, GeneratorModel model, int count) {
    return new InterpolationSampler(options).sample(model.request(count));
  }

  /** The sample of the first code of a seed. */
  private static float[] ofSeed(NDManager manager, long seed) {
    GeneratorModel model =
        new GeneratorModel(
            manager, new BoxPrior(true), new RandomStreams(seed), codes -> codes.mul(2));
    return new RandomSampler(new RandomSampler.Options(1)).sample(model.request(1)).toFloatArray();
  }

  @Test
  void seedsNameTheCodesAtTheEndsOverAndOver(NDManager manager) {
    NDArray rows =
        sampled(
            new InterpolationSampler.Options(3, 1, List.of(7L, 9L), false, false),
            run(manager, true),
            9);
    assertArrayEquals(ofSeed(manager, 7), row(rows, 0), 1e-6f);
    assertArrayEquals(ofSeed(manager, 9), row(rows, 2), 1e-6f);
    assertArrayEquals(ofSeed(manager, 9), row(rows, 3), 1e-6f);
    assertArrayEquals(ofSeed(manager, 7), row(rows, 5), 1e-6f);
    assertArrayEquals(ofSeed(manager, 7), row(rows, 6), 1e-6f);
  }

  @Test
  void theCodeCanStayAlongARow(NDManager manager) {
    NDArray rows =
        sampled(
            new InterpolationSampler.Options(3, 1, List.of(), true, false), run(manager, true), 6);
    assertArrayEquals(row(rows, 0), row(rows, 2));
    assertArrayEquals(row(rows, 3), row(rows, 5));
    assertTrue(row(rows, 0)[0] != row(rows, 3)[0]);
  }

  @Test
  void conditionsLeadFromTheFirstSampleOfARowToTheLast(NDManager manager) {
    ModelInput label = new ModelInput("label", DatasetField.label(List.of("a", "b", "c")), true);
    List<String> parts = new ArrayList<>();
    TrainedModel model =
        new ConditionedModel(
            run(manager, true),
            (conditions, shares) -> {
              for (int part = 0; part < conditions.size(); part++) {
                parts.add(Arrays.toString(conditions.get(part).get("label").toFloatArray()));
                parts.add(Arrays.toString(shares.get(part)));
              }
            });
    ModelUse use =
        new ModelUse("sample", model.uses().get(0).output(), List.of(label), Optional.empty());
    NDArray labels = manager.create(new float[] {0, 9, 1, 2, 9, 9, 5, 4});
    new InterpolationSampler(new InterpolationSampler.Options(3, 1, List.of(), false, true))
        .sample(new SamplingRequest(model, use, 8, Map.of("label", labels), SamplingProgress.NONE));
    assertEquals(
        List.of(
            "[0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 5.0, 5.0]",
            "[1.0, 0.5, 0.0, 1.0, 0.5, 0.0, 1.0, 0.5]",
            "[1.0, 1.0, 1.0, 9.0, 9.0, 9.0, 4.0, 4.0]",
            "[0.0, 0.5, 1.0, 0.0, 0.5, 1.0, 0.0, 0.5]"),
        parts);
  }

  @Test
  void aRowOfAPictureIsAPath() {
    assertEquals(7, interpolation(7, 1).rowLength());
    assertEquals(0, new RandomSampler(new RandomSampler.Options(1)).rowLength());
  }

  @Test
  void straightPathsAreEvenlySpaced(NDManager manager) {
    NDArray rows = interpolation(3, 1).sample(run(manager, true).request(3));
    for (int i = 0; i < 3; i++) {
      assertEquals((row(rows, 0)[i] + row(rows, 2)[i]) / 2, row(rows, 1)[i], 1e-6);
    }
  }

  @Test
  void otherPathsAreArcs(NDManager manager) {
    NDArray rows = interpolation(3, 1).sample(run(manager, false).request(3));
    double chord = 0;
    for (int i = 0; i < 3; i++) {
      chord += Math.pow((row(rows, 0)[i] + row(rows, 2)[i]) / 2, 2);
    }
    assertTrue(norm(row(rows, 1)) > Math.sqrt(chord) + 1e-4, "the arc bulges outwards");
  }

  @Test
  void anArcKeepsTheNormAndTurnsEvenly() {
    float[] middle = LatentPath.arc(new float[] {2, 0}, new float[] {0, 2}, 1 / 3.0);
    assertEquals(2 * Math.cos(Math.PI / 6), middle[0], 1e-6);
    assertEquals(2 * Math.sin(Math.PI / 6), middle[1], 1e-6);
  }

  @Test
  void vectorsWithoutAnAngleAreInterpolatedLinearly() {
    assertArrayEquals(
        new float[] {2, 2}, LatentPath.arc(new float[] {1, 1}, new float[] {3, 3}, 0.5), 1e-6f);
    assertArrayEquals(
        new float[] {0, 0}, LatentPath.arc(new float[] {1, 1}, new float[] {-1, -1}, 0.5), 1e-6f);
    assertArrayEquals(
        new float[] {1, 0}, LatentPath.arc(new float[] {0, 0}, new float[] {2, 0}, 0.5), 1e-6f);
  }
}
