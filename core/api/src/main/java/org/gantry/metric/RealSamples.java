package org.gantry.metric;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;

/** Draws real samples: the field {@code image} of a data set. */
public final class RealSamples {

  private RealSamples() {}

  /**
   * Returns the field {@code image} of a data set.
   *
   * @throws UnusableComponentException if the data set has no such field
   */
  public static DatasetField field(Dataset dataset) {
    return dataset
        .field(DatasetField.IMAGE)
        .orElseThrow(() -> new UnusableComponentException("the data set has no field image"));
  }

  /** Returns how many different samples {@link #draw} can return. */
  public static int availableCount(Dataset dataset) {
    return dataset instanceof IndexedDataset indexed ? indexed.size() : Integer.MAX_VALUE;
  }

  /**
   * Draws samples. Draws from a finite data set are without replacement.
   *
   * @param dataset a data set with a field {@code image}
   * @param count at most {@link #availableCount}
   * @return the values of each sample, in the scale of the data
   */
  public static List<float[]> draw(Dataset dataset, int count, RandomGenerator random) {
    DatasetField field = field(dataset);
    if (dataset instanceof IndexedDataset indexed) {
      return read(indexed, field, shuffled(indexed.size(), random).subList(0, count));
    }
    return draw((SampledDataset) dataset, field, count, random);
  }

  private static List<float[]> read(
      IndexedDataset dataset, DatasetField field, List<Integer> indices) {
    List<float[]> samples = new ArrayList<>();
    for (int index : indices) {
      FloatBuffer into = FloatBuffer.allocate(field.length());
      dataset.read(index, field, into);
      samples.add(into.array());
    }
    return samples;
  }

  private static List<Integer> shuffled(int size, RandomGenerator random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      order.add(i);
    }
    for (int i = size - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  private static List<float[]> draw(
      SampledDataset dataset, DatasetField field, int count, RandomGenerator random) {
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FloatBuffer sample = FloatBuffer.allocate(field.length());
      dataset.drawField(random, field, 1, sample);
      samples.add(sample.array());
    }
    return samples;
  }
}
