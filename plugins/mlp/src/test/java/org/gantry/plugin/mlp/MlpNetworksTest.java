package org.gantry.plugin.mlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.List;
import java.util.Map;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionPlace;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class MlpNetworksTest {

  private static final Shape LATENT = new Shape(2);
  private static final Shape POINT = new Shape(2);
  private static final Shape IMAGE = new Shape(1, 8, 8);

  @Test
  void generatedPointsAreUnbounded(NDManager manager) {
    NDArray points = generate(manager, POINT, OutputLayer.AUTO);
    assertEquals(new Shape(64, 2), points.getShape());
    assertTrue(points.abs().max().getFloat() > 1);
  }

  @Test
  void generatedImagesLieInTheRangeOfTanh(NDManager manager) {
    NDArray images = generate(manager, IMAGE, OutputLayer.AUTO);
    assertEquals(new Shape(64, 1, 8, 8), images.getShape());
    float greatest = images.abs().max().getFloat();
    assertTrue(greatest > 0.9 && greatest <= 1, "greatest " + greatest);
  }

  @Test
  void aSigmoidOutputCanBeChosen(NDManager manager) {
    NDArray images = generate(manager, IMAGE, OutputLayer.SIGMOID);
    assertTrue(images.min().getFloat() >= 0);
    assertTrue(images.max().getFloat() <= 1);
  }

  @Test
  void scoresComeWithTheLastHiddenLayer(NDManager manager) {
    Block network = discriminator(List.of(16, 8), Activation.LEAKY_RELU, 1, 1).build(place(IMAGE));
    Shape[] expected = {new Shape(5, 1), new Shape(5, 8)};
    assertArrayEquals(expected, network.getOutputShapes(new Shape[] {new Shape(5, 1, 8, 8)}));
    NDArray images = manager.randomNormal(new Shape(5, 1, 8, 8));
    assertArrayEquals(expected, run(manager, network, images, true).getShapes());
  }

  private static MlpEncoder encoder(Activation output, boolean features) {
    return new MlpEncoder(
        new MlpEncoder.Options(
            List.of(16),
            Activation.ELU,
            output,
            features,
            true,
            0,
            WeightInitialization.HE,
            1,
            0.02));
  }

  @Test
  void codesAreBoundedAndComeWithFeaturesOnlyOnRequest(NDManager manager) {
    NetworkPorts declared = NetworkPorts.declared(List.of("image"), List.of("latent", "features"));
    assertEquals(List.of("latent"), encoder(Activation.NONE, false).ports(declared).gives());
    assertEquals(declared, encoder(Activation.NONE, true).ports(declared));

    Block network =
        encoder(Activation.RELU, true).build(StandaloneSite.encoder(IMAGE, new Shape(3)));
    NDList given = run(manager, network, manager.randomNormal(new Shape(5, 1, 8, 8)), true);
    assertEquals(new Shape(5, 16), given.get(1).getShape());
    assertEquals(0, given.get(0).min().getFloat());
  }

  @Test
  void codesHaveTheRequiredShape(NDManager manager) {
    Block network =
        encoder(Activation.NONE, false).build(StandaloneSite.encoder(IMAGE, new Shape(3, 2)));
    NDArray images = manager.randomNormal(new Shape(5, 1, 8, 8));
    assertEquals(new Shape(5, 3, 2), run(manager, network, images, true).get(0).getShape());
  }

  @Test
  void theBenchmarkGeneratorHasTheExpectedParameters(NDManager manager) {
    Block network =
        new MlpGenerator(
                new MlpGenerator.Options(
                    List.of(400, 400, 400, 400),
                    Activation.RELU,
                    OutputLayer.AUTO,
                    true,
                    0,
                    WeightInitialization.NORMAL,
                    1,
                    0.02))
            .build(StandaloneSite.generator(LATENT, POINT));
    network.initialize(manager, DataType.FLOAT32, new Shape(100, 2));
    assertEquals((2 * 400 + 800) + 3 * (400 * 400 + 800) + (400 * 2 + 2), parameters(network));
    double[] weights = ArrayAssertions.toDoubles(weight(network, 1));
    assertEquals(0.02, deviation(weights), 0.0004);
  }

  @Test
  void theBenchmarkDiscriminatorHasTheExpectedParameters(NDManager manager) {
    Block network =
        discriminator(List.of(200, 200, 200), Activation.RELU, 5, 1).build(place(POINT));
    network.initialize(manager, DataType.FLOAT32, new Shape(100, 2));
    assertEquals((2 * 1000 + 1000) + 2 * (200 * 1000 + 1000) + (200 + 1), parameters(network));
  }

  @Test
  void translatedSamplesHaveTheShapeOfTheOtherKind(NDManager manager) {
    Block network =
        new MlpTranslator(
                new MlpTranslator.Options(
                    List.of(16),
                    Activation.LEAKY_RELU,
                    true,
                    OutputLayer.AUTO,
                    WeightInitialization.HE,
                    1,
                    0.02))
            .build(new StandaloneSite("generator", Map.of("given", POINT), Map.of("image", IMAGE)));
    NDArray images =
        run(manager, network, manager.randomNormal(new Shape(5, 2)).mul(9), true).get(0);
    assertEquals(new Shape(5, 1, 8, 8), images.getShape());
    assertTrue(images.abs().max().getFloat() <= 1);
  }

  @Test
  void aConditionAtAHiddenLayerHasALayerOfItsOwn(NDManager manager) {
    Block network =
        discriminator(List.of(32), Activation.RELU, 1, 1, ConditionPlace.HIDDEN)
            .build(
                new StandaloneSite(
                    "discriminator",
                    Map.of("image", POINT, ConditionPlace.PORT, new Shape(8)),
                    Map.of("score", new Shape(1))));
    network.initialize(manager, DataType.FLOAT32, new Shape(5, 2), new Shape(5, 8));
    long trunk = 2 * 32 + 32;
    long branch = 8 * 32 + 32;
    long mixing = (32 + 32) * 32 + 32;
    assertEquals(trunk + branch + mixing + (32 + 1), parameters(network));
  }

  @Test
  void maxoutTakesTheMaximumOfEachUnit(NDManager manager) {
    NDArray x = manager.create(new float[] {1, 3, 2, -5, -4, -6}, new Shape(1, 6));
    NDArray y = run(manager, new Maxout(3), x, true).get(0);
    ArrayAssertions.assertClose(0, y, 3, -4);
  }

  @Test
  void inputsAreScaledFirst(NDManager manager) {
    NDArray points = manager.randomNormal(new Shape(4, 2));
    manager.getEngine().setRandomSeed(3);
    Block scaled = discriminator(List.of(8), Activation.TANH, 1, 0.25).build(place(POINT));
    NDArray expected = run(manager, scaled, points, true).get(0);
    manager.getEngine().setRandomSeed(3);
    Block plain = discriminator(List.of(8), Activation.TANH, 1, 1).build(place(POINT));
    NDArray actual = run(manager, plain, points.mul(0.25), true).get(0);
    ArrayAssertions.assertClose(1e-6, actual, ArrayAssertions.toDoubles(expected));
  }

  @Test
  void dropoutActsInTrainingOnly(NDManager manager) {
    Block network =
        new MlpGenerator(
                new MlpGenerator.Options(
                    List.of(64),
                    Activation.RELU,
                    OutputLayer.AUTO,
                    false,
                    0.5,
                    WeightInitialization.XAVIER,
                    1,
                    0.02))
            .build(StandaloneSite.generator(LATENT, POINT));
    NDArray codes = manager.randomNormal(new Shape(4, 2));
    float[] evaluated = run(manager, network, codes, false).get(0).toFloatArray();
    assertArrayEquals(evaluated, run(manager, network, codes, false).get(0).toFloatArray());
    assertFalse(Arrays.equals(evaluated, run(manager, network, codes, true).get(0).toFloatArray()));
  }

  @Test
  void anExportedGeneratorGivesTheSameSamples(NDManager manager) {
    for (Shape sample : List.of(POINT, IMAGE)) {
      Block network =
          new MlpGenerator(
                  new MlpGenerator.Options(
                      List.of(16, 16),
                      Activation.LEAKY_RELU,
                      OutputLayer.AUTO,
                      true,
                      0.5,
                      WeightInitialization.HE,
                      1,
                      0.02))
              .build(StandaloneSite.generator(LATENT, sample));
      NDArray codes = manager.randomNormal(new Shape(6, 2));
      run(manager, network, codes, true);
      ExportAssertions.assertSameOutputs(manager, network, new NDList(codes));
    }
  }

  @Test
  void anExportedDiscriminatorGivesTheSameScoresAndFeatures(NDManager manager) {
    Block network = discriminator(List.of(8, 8), Activation.RELU, 5, 0.3).build(place(IMAGE));
    NDArray images = manager.randomNormal(new Shape(5, 1, 8, 8));
    run(manager, network, images, true);
    ExportAssertions.assertSameOutputs(manager, network, new NDList(images));
  }

  @Test
  void aHiddenLayerWithoutUnitsIsRefused() {
    UnusableComponentException exception =
        assertThrows(
            UnusableComponentException.class,
            () -> discriminator(List.of(8, 0), Activation.RELU, 1, 1).build(place(POINT)));
    assertTrue(exception.getMessage().contains("[8, 0]"), exception.getMessage());
  }

  @Test
  void passesLeaveNoArraysWithTheParameters(NDManager manager) {
    Block network = discriminator(List.of(8, 8), Activation.RELU, 5, 0.5).build(place(POINT));
    network.initialize(manager, DataType.FLOAT32, new Shape(4, 2));
    int before = manager.getManagedArrays().size();
    for (int i = 0; i < 3; i++) {
      try (NDManager step = manager.newSubManager()) {
        run(manager, network, step.randomNormal(new Shape(4, 2)), true);
      }
    }
    assertEquals(before, manager.getManagedArrays().size());
  }

  private static NDArray generate(NDManager manager, Shape sample, OutputLayer output) {
    Block network =
        new MlpGenerator(
                new MlpGenerator.Options(
                    List.of(32, 32),
                    Activation.RELU,
                    output,
                    false,
                    0,
                    WeightInitialization.HE,
                    3,
                    0.02))
            .build(StandaloneSite.generator(LATENT, sample));
    return run(manager, network, manager.randomNormal(new Shape(64, 2)), true).get(0);
  }

  private static MlpDiscriminator discriminator(
      List<Integer> hidden, Activation activation, int maxout, double inputScale) {
    return discriminator(hidden, activation, maxout, inputScale, ConditionPlace.INPUT);
  }

  private static MlpDiscriminator discriminator(
      List<Integer> hidden,
      Activation activation,
      int maxout,
      double inputScale,
      ConditionPlace condition) {
    return new MlpDiscriminator(
        new MlpDiscriminator.Options(
            hidden,
            activation,
            maxout,
            inputScale,
            0,
            false,
            0,
            WeightInitialization.XAVIER,
            1,
            0.02,
            condition));
  }

  private static StandaloneSite place(Shape image) {
    return StandaloneSite.discriminator(image);
  }

  private static NDList run(NDManager manager, Block network, NDArray input, boolean training) {
    if (!network.isInitialized()) {
      network.initialize(manager, DataType.FLOAT32, input.getShape());
    }
    return network.forward(new ParameterStore(manager, false), new NDList(input), training);
  }

  private static long parameters(Block network) {
    return network.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(parameter -> parameter.getShape().size())
        .sum();
  }

  private static NDArray weight(Block network, int index) {
    return network.getParameters().values().stream()
        .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
        .skip(index)
        .findFirst()
        .orElseThrow()
        .getArray();
  }

  private static double deviation(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).average().orElseThrow());
  }
}
