package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.HashMap;
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

  /**
   * Draws samples and keeps one of their fields.
   *
   * @param random the only source of randomness
   * @param count the number of samples
   * @param into receives {@code count} times {@link DatasetField#length()} floats at its position
   */
  default void drawField(RandomGenerator random, DatasetField field, int count, FloatBuffer into) {
    Map<String, FloatBuffer> sample = new HashMap<>();
    for (DatasetField drawn : fields()) {
      sample.put(
          drawn.name(),
          drawn.name().equals(field.name()) ? into : FloatBuffer.allocate(drawn.length() * count));
    }
    for (int i = 0; i < count; i++) {
      draw(random, sample);
    }
  }
}
