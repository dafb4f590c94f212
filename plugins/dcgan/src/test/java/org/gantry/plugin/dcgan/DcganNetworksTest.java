package org.gantry.plugin.dcgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Normalization;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TensorTest
final class DcganNetworksTest {

  private static final Shape COLOUR = new Shape(3, 64, 64);
  private static final Shape DIGIT = new Shape(1, 28, 28);

  @Test
  void theTorchLayoutHasTheExpectedParameters(NDManager manager) {
    assertEquals(3_576_704, parameters(manager, generator(4, 64, 100, COLOUR), new Shape(1, 100)));
    assertEquals(
        2_765_568, parameters(manager, discriminator(4, 64, COLOUR), new Shape(1, 3, 64, 64)));
  }

  @Test
  void thePaperLayoutHasTheExpectedParameters(NDManager manager) {
    assertEquals(
        18_885_760, parameters(manager, generator(5, 128, 100, COLOUR), new Shape(1, 100)));
    assertEquals(
        17_232_768, parameters(manager, discriminator(5, 128, COLOUR), new Shape(1, 3, 64, 64)));
  }

  @ParameterizedTest
  @CsvSource({"28, 7, 2", "32, 4, 3", "64, 4, 4", "16, 4, 2", "24, 3, 3", "40, 5, 3", "6, 3, 1"})
  void imagesGrowFromTheSmallestFittingFeatureMap(int side, int start, int doublings) {
    for (int kernel : new int[] {4, 5}) {
      Shape image = new Shape(3, side, side);
      assertArrayEquals(
          new Shape[] {new Shape(2, 3, side, side)},
          generator(kernel, 8, 10, image).getOutputShapes(new Shape[] {new Shape(2, 10)}));
      assertArrayEquals(
          new Shape[] {new Shape(2, 1), new Shape(2, 8L << (doublings - 1), start, start)},
          discriminator(kernel, 8, image)
              .getOutputShapes(new Shape[] {new Shape(2, 3, side, side)}));
    }
  }

  @Test
  void weightsStartSmallAndGainsNearOne(NDManager manager) {
    Block network = generator(4, 64, 100, DIGIT);
    network.initialize(manager, DataType.FLOAT32, new Shape(2, 100));
    for (Parameter parameter : network.getParameters().values()) {
      double[] values = ArrayAssertions.toDoubles(parameter.getArray());
      double mean = Arrays.stream(values).average().orElseThrow();
      double deviation =
          Math.sqrt(
              Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
      if (parameter.getType() == Parameter.Type.WEIGHT && values.length > 100_000) {
        assertEquals(0, mean, 1e-3);
        assertEquals(0.02, deviation, 0.0004);
      } else if (parameter.getType() == Parameter.Type.GAMMA) {
        assertEquals(1, mean, 0.02);
        assertEquals(0.02, deviation, 0.01);
      } else if (parameter.getType() == Parameter.Type.BETA) {
        assertEquals(0, mean);
        assertEquals(0, deviation);
      }
    }
  }

  @Test
  void layersNextToTheImageAreNotNormalised(NDManager manager) {
    assertEquals(
        "Linear Reshape BatchNorm Pointwise"
            + " TransposedConvolution BatchNorm Pointwise TransposedConvolution Pointwise",
        layers(generator(4, 8, 10, DIGIT)));
    Block trunk = discriminator(4, 8, DIGIT).getChildren().get(0).getValue();
    assertEquals("Convolution Pointwise Convolution BatchNorm Pointwise", layers(trunk));
  }

  @Test
  void untrainedNetworksGiveFaintImagesAndScoresNearZero(NDManager manager) {
    NDArray codes = manager.randomNormal(new Shape(16, 100));
    NDArray images = run(manager, generator(4, 32, 100, DIGIT), codes, true).get(0);
    double deviation =
        Math.sqrt(images.square().mean().getFloat() - Math.pow(images.mean().getFloat(), 2));
    assertTrue(deviation > 0.02 && deviation < 0.3, "deviation " + deviation);
    NDArray scores = run(manager, discriminator(4, 32, DIGIT), images, true).get(0);
    assertTrue(scores.abs().max().getFloat() < 3, "scores " + scores);
  }

  @ParameterizedTest
  @EnumSource(
      value = Normalization.class,
      names = {"INSTANCE", "LAYER", "NONE"})
  void withoutBatchNormAScoreDoesNotDependOnTheOtherSamples(
      Normalization normalization, NDManager manager) {
    NDArray images = manager.randomNormal(new Shape(8, 1, 28, 28));
    Block network = discriminator(4, 8, normalization, DIGIT);
    NDArray together = run(manager, network, images, true).get(0);
    NDArray apart = run(manager, network, images.get("0:1"), true).get(0);
    assertEquals(together.getFloat(0, 0), apart.getFloat(0, 0), 1e-5);
  }

  @Test
  void withBatchNormItDependsOnThemOnlyInTraining(NDManager manager) {
    NDArray images = manager.randomNormal(new Shape(8, 1, 28, 28));
    Block network = discriminator(4, 8, Normalization.BATCH, DIGIT);
    NDArray half = images.get("0:4");
    float all = run(manager, network, images, true).get(0).getFloat(0, 0);
    assertTrue(Math.abs(all - run(manager, network, half, true).get(0).getFloat(0, 0)) > 1e-5);
    float evaluated = run(manager, network, images, false).get(0).getFloat(0, 0);
    assertEquals(evaluated, run(manager, network, half, false).get(0).getFloat(0, 0), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void aGradientPenaltyReachesEveryWeightOfTheDiscriminator(
      Normalization normalization, NDManager manager) {
    Block network = discriminator(4, 4, normalization, DIGIT);
    NDArray images = manager.randomNormal(new Shape(4, 1, 28, 28));
    images.setRequiresGradient(true);
    NDArray scores = run(manager, network, images, true).get(0);
    NDList weights = new NDList();
    for (Parameter parameter : network.getParameters().values()) {
      if (parameter.getType() == Parameter.Type.WEIGHT) {
        weights.add(parameter.getArray());
      }
    }
    try (Autograd autograd = new Autograd(manager)) {
      NDArray slope = autograd.gradient(scores, images).reshape(4, 28 * 28);
      NDArray penalty = slope.norm(new int[] {1}).sub(1).square().mean();
      for (NDArray gradient : autograd.gradients(manager, penalty, weights)) {
        float size = gradient.abs().max().getFloat();
        assertTrue(size > 0 && Float.isFinite(size), "gradient " + size);
      }
    }
  }

  @Test
  void codesAreUnboundedAndHaveTheRequiredShape(NDManager manager) {
    Block network =
        new DcganEncoder(new DcganEncoder.Options(8, 4, Normalization.BATCH))
            .build(StandaloneSite.encoder(DIGIT, new Shape(100)));
    NDArray images = manager.randomNormal(new Shape(3, 1, 28, 28));
    assertEquals(new Shape(3, 100), run(manager, network, images, true).get(0).getShape());
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void anExportedGeneratorGivesTheSameImages(Normalization normalization, NDManager manager) {
    for (int kernel : new int[] {4, 5}) {
      Block network =
          new DcganGenerator(new DcganGenerator.Options(8, kernel, normalization))
              .build(StandaloneSite.generator(new Shape(10), DIGIT));
      NDArray codes = manager.randomNormal(new Shape(3, 10));
      run(manager, network, codes, true);
      ExportAssertions.assertSameOutputs(manager, network, new NDList(codes));
    }
  }

  @Test
  void anExportedDiscriminatorGivesTheSameScoresAndFeatures(NDManager manager) {
    NDArray images = manager.randomNormal(new Shape(3, 1, 28, 28));
    Block network = discriminator(4, 8, DIGIT);
    run(manager, network, images, true);
    ExportAssertions.assertSameOutputs(manager, network, new NDList(images));
  }

  @Test
  void codesOfAnyShapeAreAccepted(NDManager manager) {
    Block network =
        new DcganGenerator(new DcganGenerator.Options(8, 4, Normalization.BATCH))
            .build(StandaloneSite.generator(new Shape(5, 2, 1), DIGIT));
    NDArray codes = manager.randomNormal(new Shape(3, 5, 2, 1));
    assertEquals(new Shape(3, 1, 28, 28), run(manager, network, codes, true).get(0).getShape());
  }

  @Test
  void passesLeaveNoArraysWithTheParameters(NDManager manager) {
    Block network = generator(4, 4, 10, DIGIT);
    network.initialize(manager, DataType.FLOAT32, new Shape(2, 10));
    int before = manager.getManagedArrays().size();
    for (int i = 0; i < 3; i++) {
      try (NDManager step = manager.newSubManager()) {
        run(manager, network, step.randomNormal(new Shape(2, 10)), i > 0);
      }
    }
    assertEquals(before, manager.getManagedArrays().size());
  }

  @Test
  void pointsAreRefusedWithTheRoleAndTheShape() {
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> discriminator(4, 8, new Shape(2)));
    assertTrue(exception.getMessage().contains("the discriminator"), exception.getMessage());
    assertTrue(exception.getMessage().contains("(2)"), exception.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"30, 30", "36, 36", "28, 32", "4, 4", "5, 5", "100, 100", "48, 80"})
  void imagesMayHaveAnyShape(int height, int width, NDManager manager) {
    Shape image = new Shape(3, height, width);
    for (int kernel : new int[] {4, 5}) {
      NDArray fakes =
          run(
                  manager,
                  generator(kernel, 8, 10, image),
                  manager.randomNormal(new Shape(2, 10)),
                  true)
              .get(0);
      assertEquals(new Shape(2, 3, height, width), fakes.getShape());
      assertEquals(
          new Shape(2, 1),
          run(manager, discriminator(kernel, 8, image), fakes, true).get(0).getShape());
    }
  }

  @Test
  void imagesThatAreTooSmallAreRefused() {
    UnusableComponentException exception =
        assertThrows(
            UnusableComponentException.class, () -> generator(4, 8, 10, new Shape(3, 64, 3)));
    assertTrue(exception.getMessage().contains("64 x 3"), exception.getMessage());
  }

  private static Block generator(int kernel, int width, int latent, Shape image) {
    return new DcganGenerator(new DcganGenerator.Options(width, kernel, Normalization.BATCH))
        .build(StandaloneSite.generator(new Shape(latent), image));
  }

  private static Block discriminator(int kernel, int width, Shape image) {
    return discriminator(kernel, width, Normalization.BATCH, image);
  }

  private static Block discriminator(
      int kernel, int width, Normalization normalization, Shape image) {
    return new DcganDiscriminator(
            new DcganDiscriminator.Options(width, kernel, normalization, ConditionPlace.PROJECTION))
        .build(StandaloneSite.discriminator(image));
  }

  private static String layers(Block network) {
    return String.join(
        " ",
        network.getChildren().values().stream()
            .map(layer -> layer.getClass().getSimpleName())
            .toList());
  }

  private static long parameters(NDManager manager, Block network, Shape input) {
    network.initialize(manager, DataType.FLOAT32, input);
    return network.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(parameter -> parameter.getShape().size())
        .sum();
  }

  private static NDList run(NDManager manager, Block network, NDArray input, boolean training) {
    if (!network.isInitialized()) {
      network.initialize(manager, DataType.FLOAT32, input.getShape());
    }
    return network.forward(new ParameterStore(manager, false), new NDList(input), training);
  }
}
