package org.gantry.runs.internal.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/**
 * Samples in Java memory, for drawing.
 *
 * @param values one sample after the other, in row-major order; read with absolute positions only
 * @param count the number of samples
 * @param shape the shape of one sample
 * @param low the smallest value of the data
 * @param high the largest value of the data
 */
record SampleValues(FloatBuffer values, int count, Shape shape, double low, double high) {

  /** Copies an array of shape (count, ...). */
  static SampleValues of(NDArray array, double low, double high) {
    Shape shape = array.getShape();
    return new SampleValues(
        FloatBuffer.wrap(array.toFloatArray()),
        Math.toIntExact(shape.get(0)),
        shape.slice(1),
        low,
        high);
  }

  /** The number of values in one sample. */
  int length() {
    return Math.toIntExact(shape.size());
  }

  /** One value of one sample. */
  float at(int sample, int index) {
    return values.get(sample * length() + index);
  }
}
