package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Functions of the logits of classes, for networks that classify. Results can be differentiated.
 */
public final class ClassLogits {

  private ClassLogits() {}

  /**
   * Returns one-hot rows of class indices.
   *
   * @param labels integers from 0, shape (batch)
   * @return float32 of shape (batch, classes), which belongs to the manager of the labels
   */
  public static NDArray oneHot(NDArray labels, int classes) {
    return labels
        .reshape(-1, 1)
        .eq(labels.getManager().arange(0f, classes, 1f).reshape(new Shape(1, classes)))
        .toType(DataType.FLOAT32, false);
  }

  /**
   * Returns the mean cross entropy in nats.
   *
   * @param logits shape (batch, classes)
   * @param labels one-hot rows of the same shape
   * @return a scalar, which belongs to the manager of the logits
   */
  public static NDArray crossEntropy(NDArray logits, NDArray labels) {
    return logits.logSoftmax(1).mul(labels).sum(new int[] {1}).mean().neg();
  }
}
