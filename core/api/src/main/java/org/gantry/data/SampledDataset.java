package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A data set without end: every sample is drawn from a distribution that is known exactly. */
public non-sealed interface SampledDataset extends Dataset {

  /**
   * Draws one sample.
   *
   * @param random the only source of randomness
   * @param into one buffer per field name; each receives {@link DatasetField#length()} floats at
   *     its position, which advances
   */
  void draw(RandomGenerator random, Map<String, FloatBuffer> into);
}
