package org.gantry.data;

import java.nio.FloatBuffer;

/** A finite data set. Reading must be thread-safe and depend on the index alone. */
public non-sealed interface IndexedDataset extends Dataset {

  /** The number of samples, at least 1. */
  int size();

  /**
   * Writes one field of one sample.
   *
   * @param index the sample, from 0 to size() - 1
   * @param field one of {@link #fields()}
   * @param into receives exactly {@link DatasetField#length()} floats at its position, which
   *     advances
   */
  void read(int index, DatasetField field, FloatBuffer into);

  /**
   * The caption of a sample.
   *
   * @return a short text, or the empty string where the data set has none
   */
  default String caption(int index) {
    return "";
  }
}
