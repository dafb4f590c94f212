package org.gantry.plugin.dcgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Normalization;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class JointDcganDiscriminatorTest {

  private static final Shape PICTURE = new Shape(3, 12, 12);

  private static Block network(Shape image) {
    return new JointDcganDiscriminator(
            new JointDcganDiscriminator.Options(4, 8, 4, Normalization.BATCH))
        .build(
            new StandaloneSite(
                "discriminator", Map.of("image", image, "latent", new Shape(5)), Map.of()));
  }

  @Test
  void imagesAreScoredWithTheirCodes(NDManager manager) {
    Block network = network(PICTURE);
    NDList inputs = inputs(manager, PICTURE);
    network.initialize(manager, DataType.FLOAT32, inputs.getShapes());

    NDList outputs = network.forward(new ParameterStore(manager, false), inputs, true);

    assertArrayEquals(new Shape[] {new Shape(6, 1), new Shape(6, 8)}, outputs.getShapes());
    assertArrayEquals(outputs.getShapes(), network.getOutputShapes(inputs.getShapes()));
    ExportAssertions.assertSameOutputs(manager, network, inputs);
  }

  @Test
  void pointsAreRefused() {
    assertThrows(UnusableComponentException.class, () -> network(new Shape(2)));
  }

  @Test
  void theScoreDependsOnSampleAndCode(NDManager manager) {
    Block network = network(PICTURE);
    NDList inputs = inputs(manager, PICTURE);
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
