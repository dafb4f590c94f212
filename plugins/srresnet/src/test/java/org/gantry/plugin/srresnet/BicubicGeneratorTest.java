package org.gantry.plugin.srresnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class BicubicGeneratorTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new BicubicGenerator();
  }

  /** A cubic with a = -1/2 reproduces straight lines between pixels. */
  @Test
  void aSlopeStaysASlopeAwayFromTheEdges(NDManager manager) {
    NDArray slope = manager.arange(0f, 8).reshape(1, 1, 1, 8).repeat(2, 8);
    NDArray larger =
        new BicubicBlock(16, 16)
            .forward(new ParameterStore(manager, false), new NDList(slope), false)
            .head();

    assertEquals(new Shape(1, 1, 16, 16), larger.getShape());
    for (int pixel = 4; pixel < 12; pixel++) {
      assertEquals((pixel + 0.5) / 2 - 0.5, larger.getFloat(0, 0, 7, pixel), 1e-5);
    }
  }
}
