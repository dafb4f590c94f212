package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ClassLogitsTest {

  @Test
  void eachRowHasAOneAtItsClass(NDManager manager) {
    NDArray rows = ClassLogits.oneHot(manager.create(new float[] {2, 0}), 3);

    assertEquals(new Shape(2, 3), rows.getShape());
    ArrayAssertions.assertClose(0, rows, 0, 0, 1, 1, 0, 0);
  }

  /** The softmax of (1, 0.2, -0.5) is (0.597922, 0.268664, 0.133414). */
  @Test
  void crossEntropyIsTheMeanSurpriseAtTheRightClasses(NDManager manager) {
    NDArray logits = manager.create(new float[] {1, 0.2f, -0.5f, 1, 0.2f, -0.5f}, new Shape(2, 3));
    NDArray labels = ClassLogits.oneHot(manager.create(new float[] {1, 2}), 3);

    assertEquals(
        -(Math.log(0.268664) + Math.log(0.133414)) / 2,
        ClassLogits.crossEntropy(logits, labels).getFloat(),
        1e-5);
  }
}
