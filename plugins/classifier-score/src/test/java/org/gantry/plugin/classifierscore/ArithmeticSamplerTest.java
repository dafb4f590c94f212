package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.InMemoryImages;
import org.gantry.data.ValueType;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Arithmetic with the codes of images whose left or right half is bright. The first of two numbers
 * of a code says which.
 */
@TensorTest
final class ArithmeticSamplerTest {

  private static final int SIDE = 8;
  private static final int COUNT = 200;
  private static final int POOL = 300;
  private static final DatasetField IMAGE = DatasetField.image(1, SIDE, SIDE);
  private static final ModelInput CODE =
      new ModelInput(
          "z", new DatasetField("z", ValueType.CODE, new Shape(2), -1, 1, List.of()), false);

  /** Normal numbers, of which the first may always be positive. */
  private record CodePrior(boolean onlyLeft) implements Prior {

    @Override
    public boolean allowsLinearInterpolation() {
      return true;
    }

    @Override
    public Shape shape() {
      return new Shape(2);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      double first = random.nextGaussian();
      into.put((float) (onlyLeft ? Math.abs(first) : first)).put((float) random.nextGaussian());
    }
  }

  /**
   * A generator of halves.
   *
   * @param made receives the codes of each batch
   * @param shares receives the shares of mixtures
   */
  private record HalvesModel(
      NDManager manager, Prior prior, Dataset dataset, List<float[]> made, List<float[]> shares)
      implements TrainedModel {

    @Override
    public List<ModelUse> uses() {
      return List.of(new ModelUse("generator", IMAGE, List.of(CODE), Optional.empty()));
    }

    @Override
    public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
      float[] codes = inputs.get("z").toFloatArray();
      made.add(codes);
      return FloatArrays.fill(
          manager,
          new Shape(codes.length / 2).addAll(IMAGE.shape()),
          buffer -> {
            for (int i = 0; i < codes.length; i += 2) {
              for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                boolean left = pixel % SIDE < SIDE / 2;
                buffer.put(left == codes[i] > 0 ? 0.7f : -0.8f);
              }
            }
          });
    }

    @Override
    public NDArray makeMixed(
        ModelUse use,
        Map<String, NDArray> inputs,
        List<Map<String, NDArray>> mixed,
        List<float[]> parts) {
      mixed.forEach(part -> made.add(part.get("label").toFloatArray()));
      made.add(inputs.get("z").toFloatArray());
      shares.addAll(parts);
      return manager.zeros(new Shape(parts.get(0).length));
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(5);
    }

    @Override
    public Set<String> roles() {
      throw new UnsupportedOperationException();
    }

    @Override
    public NDList apply(String role, NDArray... inputs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, NDArray> drawFields(ModelUse use, int count) {
      throw new UnsupportedOperationException();
    }
  }

  @TempDir Path cache;

  private final List<float[]> made = new ArrayList<>();
  private final List<float[]> shares = new ArrayList<>();

  private static InMemoryImages halves() {
    byte[] values = new byte[COUNT * SIDE * SIDE];
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = i % 2;
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        boolean left = pixel % SIDE < SIDE / 2;
        values[i * SIDE * SIDE + pixel] = (byte) (left == (labels[i] == 0) ? 200 + i % 50 : 20);
      }
    }
    return InMemoryImages.of(
        new ByteImages(COUNT, 1, SIDE, SIDE, values), labels, List.of("left", "right"));
  }

  private NDArray sample(NDManager manager, boolean onlyLeft, int count, String... terms) {
    HalvesModel model = new HalvesModel(manager, new CodePrior(onlyLeft), halves(), made, shares);
    return new ArithmeticSampler(
            new ArithmeticSampler.Options(List.of(terms), POOL, 4000, 0.25, cache))
        .sample(
            new SamplingRequest(
                model, model.uses().get(0), count, Map.of(), SamplingProgress.NONE));
  }

  @Test
  void averagesOfCodesAreAddedAndSubtracted(NDManager manager) throws IOException {
    NDArray samples = sample(manager, false, 9, "+label=left", "-label=right");
    assertEquals(new Shape(9, 1, SIDE, SIDE), samples.getShape());
    float[] all = made.get(0);
    assertEquals(2 * POOL, all.length);
    float[] left = average(all, true);
    float[] right = average(all, false);
    float[] codes = made.get(1);
    float[] sum = {left[0] - right[0], left[1] - right[1]};
    assertArrayEquals(
        new float[] {left[0], left[1], right[0], right[1], sum[0], sum[1]},
        Arrays.copyOf(codes, 6),
        1e-4f);
    for (int row = 1; row < 3; row++) {
      assertTrue(codes[6 * row] > 0, "an example of the left half");
      assertTrue(codes[6 * row + 2] <= 0, "an example of the right half");
      float change = Math.abs(codes[6 * row + 4] - sum[0]);
      assertTrue(change > 0 && change <= 0.25f, "a change of " + change);
    }
    try (Stream<Path> files = Files.list(cache)) {
      assertEquals(1, files.count());
    }
  }

  private static float[] average(float[] codes, boolean left) {
    double first = 0;
    double second = 0;
    int count = 0;
    for (int i = 0; i < codes.length; i += 2) {
      if (codes[i] > 0 == left) {
        first += codes[i];
        second += codes[i + 1];
        count++;
      }
    }
    return new float[] {(float) (first / count), (float) (second / count)};
  }

  private static void assertRefused(String message, Runnable sampling) {
    assertEquals(
        message, assertThrows(UnusableComponentException.class, sampling::run).getMessage());
  }

  @Test
  void whatTooFewSamplesShowIsNamed(NDManager manager) {
    assertRefused(
        "only 0 of 300 samples show label=right, and the average needs at least 3",
        () -> sample(manager, true, 2, "+label=right"));
  }

  @Test
  void termsThatNoLabelHasAreNamed(NDManager manager) {
    assertRefused(
        "'label=up' is not a value of a label; write LABEL=VALUE",
        () -> sample(manager, false, 2, "+label=up"));
    assertRefused(
        "a term is a sign and what it names, such as +mood=happy, not 'left'",
        () -> sample(manager, false, 2, "left"));
  }

  @Test
  void codesOfANormalPriorGetTheirUsualLength() {
    List<float[]> codes = List.of(new float[] {3, 4}, new float[] {0, 7});
    CodeShell shell = CodeShell.of(codes, false);
    assertArrayEquals(new float[] {0, -6}, shell.place(new float[] {0, -0.5f}), 1e-6f);
    assertArrayEquals(new float[] {0, 0}, shell.place(new float[] {0, 0}));
    assertArrayEquals(
        new float[] {0, -0.5f}, CodeShell.of(codes, true).place(new float[] {0, -0.5f}));
  }

  @Test
  void aRowHasEachTermAndTheResult() {
    assertEquals(
        3,
        new ArithmeticSampler(
                new ArithmeticSampler.Options(
                    List.of("+label=left", "-label=right"), POOL, 4000, 0.25, cache))
            .rowLength());
  }

  @Test
  void encodedConditionsAreAddedAndSubtractedForTheSameCode(NDManager manager) {
    ModelInput label = new ModelInput("label", DatasetField.label(List.of("a", "b", "c")), true);
    ModelUse use = new ModelUse("sample", IMAGE, List.of(CODE, label), Optional.empty());
    HalvesModel model = new HalvesModel(manager, new CodePrior(false), halves(), made, shares);
    new ArithmeticSampler(
            new ArithmeticSampler.Options(List.of("+label=c", "-label=b"), POOL, 4000, 0.25, cache))
        .sample(
            new SamplingRequest(
                model,
                use,
                5,
                Map.of("label", manager.zeros(new Shape(5))),
                SamplingProgress.NONE));
    assertArrayEquals(new float[] {2, 2, 2, 2, 2}, made.get(0));
    assertArrayEquals(new float[] {1, 1, 1, 1, 1}, made.get(1));
    assertArrayEquals(new float[] {1, 0, 1, 1, 0}, shares.get(0));
    assertArrayEquals(new float[] {0, 1, -1, 0, 1}, shares.get(1));
    float[] codes = made.get(2);
    assertEquals(codes[0], codes[4]);
    assertTrue(codes[0] != codes[6]);
  }
}
