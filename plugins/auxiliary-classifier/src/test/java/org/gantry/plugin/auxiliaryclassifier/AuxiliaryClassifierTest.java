package org.gantry.plugin.auxiliaryclassifier;

import static org.gantry.testkit.ArrayAssertions.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.tensor.ClassLogits;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class AuxiliaryClassifierTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new AuxiliaryClassifier(new AuxiliaryClassifier.Options(1, "label", true));
  }

  @Test
  void equalLogitsHaveTheEntropyOfAGuess(NDManager manager) {
    NDArray logits = manager.create(new float[][] {{2, 2, 2}, {5, 5, 5}});
    NDArray labels = ClassLogits.oneHot(manager.create(new float[] {0, 2}), 3);
    assertClose(1e-6, ClassLogits.crossEntropy(logits, labels), Math.log(3));
  }

  @Test
  void theLogitOfTheLabelCounts(NDManager manager) {
    NDArray logits = manager.create(new float[][] {{0, (float) Math.log(3)}});
    assertClose(
        1e-6,
        ClassLogits.crossEntropy(logits, manager.create(new float[][] {{0, 1}})),
        Math.log(4.0 / 3));
    assertClose(
        1e-6,
        ClassLogits.crossEntropy(logits, manager.create(new float[][] {{1, 0}})),
        Math.log(4));
  }
}
