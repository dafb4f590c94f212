package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.random.RandomGenerator;

/** An infinite data set: each sample is drawn from a distribution. */
public non-sealed interface SampledDataset extends Dataset {

  /**
   * Draws one sample.
   *
   * @param random the only source of randomness
   * @param into one buffer per field name; the method puts {@link DatasetField#length()} floats
   *     into each, at its position
   */
  void draw(RandomGenerator random, Map<String, FloatBuffer> into);
}
