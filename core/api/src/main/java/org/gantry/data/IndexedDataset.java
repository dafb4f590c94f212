package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/** A finite data set. Reading is thread-safe, and the same index always gives the same sample. */
public non-sealed interface IndexedDataset extends Dataset {

  /** Returns the number of samples, at least 1. */
  int size();

  /**
   * Reads one field of one sample into a buffer.
   *
   * @param index the sample, from 0 to size() - 1
   * @param field one of {@link #fields()}
   * @param into the method puts {@link DatasetField#length()} floats into it, at its position
   */
  void read(int index, DatasetField field, FloatBuffer into);

  /**
   * Reads one field of one sample as a training reads it. A data set can vary samples at random,
   * such as by a crop. Without such a variation the values are those of the plain sample.
   *
   * @param index the sample, from 0 to size() - 1
   * @param field one of {@link #fields()}
   * @param random the only source of randomness; it is in the same state for all fields that belong
   *     together, so that they can vary alike
   * @param into the method puts {@link DatasetField#length()} floats into it, at its position
   */
  default void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    read(index, field, into);
  }

  /**
   * Returns the caption of a sample.
   *
   * @return a short text, or the empty string if the data set has no captions
   */
  default String caption(int index) {
    return "";
  }
}
