package org.gantry.plugin.randomsampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.InMemoryImages;
import org.gantry.prior.Prior;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
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

  /** A run whose generator doubles every coordinate. */
  private record DoublingModel(
      NDManager manager, Prior prior, Set<String> roles, List<Long> batches)
      implements TrainedModel {
    @Override
    public NDList apply(String role, NDArray... inputs) {
      batches.add(inputs[0].getShape().get(0));
      return new NDList(inputs[0].mul(2));
    }

    @Override
    public Dataset dataset() {
      return InMemoryImages.of(new ByteImages(1, 1, 1, 1, new byte[1]));
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(3);
    }
  }

  private static DoublingModel run(NDManager manager, boolean straightPaths) {
    return new DoublingModel(
        manager, new BoxPrior(straightPaths), Set.of("generator"), new ArrayList<>());
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
    NDArray samples = new RandomSampler().sample(run(manager, false), 5);
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
    DoublingModel run = run(manager, false);
    NDArray many = new RandomSampler().sample(run, 600);
    assertEquals(new Shape(600, 3), many.getShape());
    assertEquals(List.of(256L, 256L, 88L), run.batches());
    NDArray few = new RandomSampler().sample(run, 2);
    assertArrayEquals(row(few, 1), row(many, 1));
  }

  @Test
  void onlyTheSamplesStayWithTheManager(NDManager manager) {
    int before = manager.getManagedArrays().size();
    new RandomSampler().sample(run(manager, false), 600);
    assertEquals(before + 1, manager.getManagedArrays().size());
  }

  @Test
  void everyRowEndsWhereTheNextStarts(NDManager manager) {
    Sampler sampler = new InterpolationSampler(new InterpolationSampler.Options(4));
    NDArray rows = sampler.sample(run(manager, true), 12);
    NDArray codes = new RandomSampler().sample(run(manager, true), 4);
    for (int row = 0; row < 3; row++) {
      assertArrayEquals(row(codes, row), row(rows, 4L * row), 1e-6f);
      assertArrayEquals(row(codes, row + 1), row(rows, 4L * row + 3), 1e-6f);
    }
  }

  @Test
  void straightPathsAreEvenlySpaced(NDManager manager) {
    NDArray rows =
        new InterpolationSampler(new InterpolationSampler.Options(3)).sample(run(manager, true), 3);
    for (int i = 0; i < 3; i++) {
      assertEquals((row(rows, 0)[i] + row(rows, 2)[i]) / 2, row(rows, 1)[i], 1e-6);
    }
  }

  @Test
  void otherPathsAreArcs(NDManager manager) {
    NDArray rows =
        new InterpolationSampler(new InterpolationSampler.Options(3))
            .sample(run(manager, false), 3);
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

  @Test
  void aRunWithoutAGeneratorIsRefusedWithItsRoles(NDManager manager) {
    TrainedModel run =
        new DoublingModel(manager, new BoxPrior(true), Set.of("denoiser"), new ArrayList<>());
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> new RandomSampler().sample(run, 1));
    assertEquals(
        "the run has no network in the role generator, only in denoiser", exception.getMessage());
  }
}
