package org.gantry.plugin.resnettranslator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Map;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Normalization;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class ResnetTranslatorTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return translator(4, 1, Normalization.INSTANCE);
  }

  /** The paper's network of six blocks, whose normalisation does not learn, has biases instead. */
  @Test
  void networkOfThePaperHasItsParameters(NDManager manager) {
    Shape image = new Shape(3, 64, 64);
    Block network = translator(64, 6, Normalization.NONE).build(site(image));
    network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(image));

    assertEquals(
        7_837_699,
        network.getParameters().values().stream().mapToLong(p -> p.getShape().size()).sum());
    assertEquals(
        new Shape(1).addAll(image),
        network.getOutputShapes(new Shape[] {new Shape(1).addAll(image)})[0]);
  }

  @Test
  void sizeThatCannotBeHalvedTwiceIsRefused() {
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> translator(4, 1, Normalization.NONE).build(site(new Shape(3, 30, 32))));

    assertTrue(refusal.getMessage().contains("multiples of 4"), refusal.getMessage());
  }

  private static NetworkSite site(Shape image) {
    return new StandaloneSite("generator", Map.of("given", image), Map.of("image", image));
  }

  private static ResnetTranslator translator(int width, int blocks, Normalization normalization) {
    return new ResnetTranslator(new ResnetTranslator.Options(width, blocks, normalization));
  }
}
