package org.gantry.plugin.resnet;

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
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Normalization;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TensorTest
final class ResnetNetworksTest {

  private static final Shape DIGIT = new Shape(1, 28, 28);

  @ParameterizedTest
  @ValueSource(ints = {16, 28, 32})
  void imagesOfEverySizeAreGeneratedAndScored(int side, NDManager manager) {
    Shape image = new Shape(3, side, side);
    Block generator = generator(image);
    Block discriminator = discriminator(Normalization.NONE, image);
    Shape codes = new Shape(2, 10);
    Shape images = new Shape(2, 3, side, side);
    assertArrayEquals(new Shape[] {images}, generator.getOutputShapes(new Shape[] {codes}));
    NDArray fakes = run(manager, generator, manager.randomNormal(codes), true).get(0);
    assertEquals(images, fakes.getShape());
    assertTrue(fakes.abs().max().getFloat() <= 1);
    assertArrayEquals(
        discriminator.getOutputShapes(new Shape[] {images}),
        run(manager, discriminator, fakes, true).getShapes());
    assertEquals(new Shape(2, 1), discriminator.getOutputShapes(new Shape[] {images})[0]);
  }

  @ParameterizedTest
  @CsvSource({"4,4", "5,7", "7,7", "9,12", "36,36", "100,100", "48,80", "80,48", "33,17", "4,40"})
  void imagesMayHaveAnyShape(int height, int width, NDManager manager) {
    Shape image = new Shape(1, height, width);
    Block generator = generator(image);
    NDArray fakes = run(manager, generator, manager.randomNormal(new Shape(2, 10)), true).get(0);
    assertEquals(new Shape(2, 1, height, width), fakes.getShape());
    Block discriminator = discriminator(Normalization.NONE, image);
    assertEquals(new Shape(2, 1), run(manager, discriminator, fakes, true).get(0).getShape());
    ExportAssertions.assertSameOutputs(
        manager, generator, new NDList(manager.randomNormal(new Shape(2, 10))));
  }

  @Test
  void imagesThatAreTooSmallAreRefused() {
    assertEquals(
        "the generator needs images of at least 4 x 4 pixels, not of 3 x 64",
        assertThrows(UnusableComponentException.class, () -> generator(new Shape(1, 3, 64)))
            .getMessage());
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void anExportedGeneratorGivesTheSameImages(Normalization normalization, NDManager manager) {
    Block network =
        new ResnetGenerator(new ResnetGenerator.Options(8, normalization))
            .build(StandaloneSite.generator(new Shape(10), DIGIT));
    NDArray codes = manager.randomNormal(new Shape(3, 10));
    run(manager, network, codes, true);
    ExportAssertions.assertSameOutputs(manager, network, new NDList(codes));
  }

  @Test
  void anExportedDiscriminatorGivesTheSameScoresAndFeatures(NDManager manager) {
    NDArray images = manager.randomNormal(new Shape(3, 1, 28, 28));
    Block network = discriminator(Normalization.BATCH, DIGIT);
    run(manager, network, images, true);
    ExportAssertions.assertSameOutputs(manager, network, new NDList(images));
  }

  @Test
  void theNetworksHaveTheExpectedParameters(NDManager manager) {
    long convolution = 8 * 8 * 9 + 8;
    long norm = 2 * 8;
    Block generator = generator(DIGIT);
    generator.initialize(manager, DataType.FLOAT32, new Shape(2, 10));
    assertEquals(
        (10 + 1) * 8 * 7 * 7 + 2 * 2 * (convolution + norm) + norm + (8 * 9 + 1),
        parameters(generator));
    Block discriminator = discriminator(Normalization.NONE, DIGIT);
    discriminator.initialize(manager, DataType.FLOAT32, new Shape(2, 1, 28, 28));
    assertEquals(
        (9 * 8 + 8) + convolution + (8 + 8) + 2 * convolution + (8 * 7 * 7 + 1),
        parameters(discriminator));
  }

  @ParameterizedTest
  @EnumSource(
      value = Normalization.class,
      names = {"INSTANCE", "LAYER", "NONE"})
  void withoutBatchNormAScoreDoesNotDependOnTheOtherSamples(
      Normalization normalization, NDManager manager) {
    Block network = discriminator(normalization, DIGIT);
    NDArray images = manager.randomNormal(new Shape(4, 1, 28, 28));
    float together = run(manager, network, images, true).get(0).getFloat(0, 0);
    assertEquals(
        together,
        run(manager, network, images.get("0:1"), true).get(0).getFloat(0, 0),
        1e-4 * Math.max(1, Math.abs(together)));
  }

  @Test
  void activationsStayInRangeThroughTheBlocks(NDManager manager) {
    Block network = discriminator(Normalization.NONE, new Shape(1, 64, 64));
    NDList outputs = run(manager, network, manager.randomNormal(new Shape(4, 1, 64, 64)), true);
    double size = Math.sqrt(outputs.get(1).square().mean().getFloat());
    assertTrue(size > 0.05 && size < 20, "features of size " + size);
  }

  @Test
  void aGradientPenaltyReachesEveryWeight(NDManager manager) {
    Block network = discriminator(Normalization.LAYER, DIGIT);
    NDArray images = manager.randomNormal(new Shape(2, 1, 28, 28));
    images.setRequiresGradient(true);
    NDArray scores = run(manager, network, images, true).get(0);
    NDList weights = new NDList();
    for (Parameter parameter : network.getParameters().values()) {
      if (parameter.getType() == Parameter.Type.WEIGHT) {
        weights.add(parameter.getArray());
      }
    }
    try (Autograd autograd = new Autograd(manager)) {
      NDArray penalty = autograd.gradient(scores, images).square().sum();
      for (NDArray gradient : autograd.gradients(manager, penalty, weights)) {
        float size = gradient.abs().max().getFloat();
        assertTrue(size > 0 && Float.isFinite(size), "gradient " + size);
      }
    }
  }

  @Test
  void pointsAreRefused() {
    assertThrows(
        UnusableComponentException.class, () -> discriminator(Normalization.NONE, new Shape(2)));
    assertThrows(UnusableComponentException.class, () -> generator(new Shape(2)));
  }

  private static Block generator(Shape image) {
    return new ResnetGenerator(new ResnetGenerator.Options(8, Normalization.BATCH))
        .build(StandaloneSite.generator(new Shape(10), image));
  }

  private static Block discriminator(Normalization normalization, Shape image) {
    return new ResnetDiscriminator(
            new ResnetDiscriminator.Options(8, normalization, ConditionPlace.PROJECTION))
        .build(StandaloneSite.discriminator(image));
  }

  private static long parameters(Block network) {
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
