package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;

/**
 * Randomly chosen samples of a data set. Row i depends only on the seed, the draw and i, so all
 * fields of a row belong to one sample.
 */
record RandomRows(Dataset dataset, String draw, RandomStreams streams) {

  /** One field of the first rows, shape (count, ...). */
  NDArray read(NDManager manager, DatasetField field, int count) {
    Shape shape = new Shape(count).addAll(field.shape());
    return FloatArrays.fill(
        manager,
        shape,
        buffer -> {
          for (int row = 0; row < count; row++) {
            read(row, field, buffer);
          }
        });
  }

  private void read(int row, DatasetField field, FloatBuffer into) {
    RandomGenerator random = streams.at("rows/" + draw, row);
    if (dataset instanceof IndexedDataset indexed) {
      indexed.read(random.nextInt(indexed.size()), field, into);
      return;
    }
    ((SampledDataset) dataset).drawField(random, field, 1, into);
  }
}
