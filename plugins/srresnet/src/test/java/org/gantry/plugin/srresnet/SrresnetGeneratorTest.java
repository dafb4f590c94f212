package org.gantry.plugin.srresnet;

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
final class SrresnetGeneratorTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return generator(4, 1);
  }

  /** 1,547,350 with one slope for each of the paper's parametric rectifiers, which are 19. */
  @Test
  void networkOfThePaperHasItsParameters(NDManager manager) {
    Shape small = new Shape(3, 24, 24);
    Block network = generator(64, 16).build(site(small, new Shape(3, 96, 96)));
    network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(small));

    assertEquals(
        1_547_350 - 19,
        network.getParameters().values().stream()
            .filter(p -> p.requiresGradient())
            .mapToLong(p -> p.getShape().size())
            .sum());
    assertEquals(
        new Shape(1, 3, 96, 96),
        network.getOutputShapes(new Shape[] {new Shape(1).addAll(small)})[0]);
  }

  @Test
  void sizesThatAreNotDoubledAreRefused() {
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> generator(4, 1).build(site(new Shape(1, 8, 8), new Shape(1, 24, 24))));

    assertTrue(
        refusal.getMessage().contains("2, 4 or 8 times, not (1, 8, 8) to (1, 24, 24)"),
        refusal.getMessage());
  }

  private static NetworkSite site(Shape given, Shape image) {
    return new StandaloneSite("generator", Map.of("given", given), Map.of("image", image));
  }

  private static SrresnetGenerator generator(int width, int blocks) {
    return new SrresnetGenerator(new SrresnetGenerator.Options(width, blocks, Normalization.BATCH));
  }
}
