package org.gantry.plugin.mlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import org.gantry.layers.Activation;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class JointMlpDiscriminatorTest {

  private static Block network(Shape image, Shape latent) {
    return new JointMlpDiscriminator(
            new JointMlpDiscriminator.Options(
                List.of(16, 8), Activation.TANH, false, 0, WeightInitialization.XAVIER, 1, 0.02))
        .build(
            new StandaloneSite(
                "discriminator", Map.of("image", image, "latent", latent), Map.of()));
  }

  @Test
  void pointsAndImagesAreScoredWithTheirCodes(NDManager manager) {
    for (Shape image : List.of(new Shape(2), new Shape(3, 4, 4))) {
      Block network = network(image, new Shape(5));
      NDList inputs = inputs(manager, image);
      network.initialize(manager, DataType.FLOAT32, inputs.getShapes());

      NDList outputs = network.forward(new ParameterStore(manager, false), inputs, true);

      assertArrayEquals(new Shape[] {new Shape(6, 1), new Shape(6, 8)}, outputs.getShapes());
      assertArrayEquals(outputs.getShapes(), network.getOutputShapes(inputs.getShapes()));
      ExportAssertions.assertSameOutputs(manager, network, inputs);
    }
  }

  @Test
  void theScoreDependsOnSampleAndCode(NDManager manager) {
    Block network = network(new Shape(2), new Shape(5));
    NDList inputs = inputs(manager, new Shape(2));
    network.initialize(manager, DataType.FLOAT32, inputs.getShapes());

    float score = score(manager, network, inputs.get(0), inputs.get(1));

    assertNotEquals(score, score(manager, network, inputs.get(0).add(1), inputs.get(1)));
    assertNotEquals(score, score(manager, network, inputs.get(0), inputs.get(1).add(1)));
  }

  private static float score(NDManager manager, Block network, NDArray image, NDArray code) {
    return network
        .forward(new ParameterStore(manager, false), new NDList(image, code), true)
        .get(0)
        .getFloat(0, 0);
  }

  private static NDList inputs(NDManager manager, Shape image) {
    return new NDList(
        manager.randomNormal(new Shape(6).addAll(image)), manager.randomNormal(new Shape(6, 5)));
  }
}
