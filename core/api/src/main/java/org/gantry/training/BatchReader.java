package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;

/**
 * Reads batches of a data set. A batch is a function of its number, so the training keeps no
 * cursor. Every epoch of a finite data set has an order of its own.
 */
final class BatchReader {

  private final Dataset dataset;
  private final String draw;
  private final int size;
  private final RandomStreams streams;
  private long shuffledEpoch = -1;
  private int[] order = {};

  BatchReader(Dataset dataset, String draw, int size, RandomStreams streams) {
    this.dataset = dataset;
    this.draw = draw;
    this.size = size;
    this.streams = streams;
  }

  /** One field of one batch, shape (size, ...), which belongs to the manager. */
  NDArray read(NDManager manager, String field, long batch) {
    DatasetField described = dataset.field(field).orElseThrow();
    Shape shape = new Shape(size).addAll(described.shape());
    if (dataset instanceof IndexedDataset indexed) {
      return FloatArrays.fill(
          manager,
          shape,
          buffer -> {
            for (int i = 0; i < size; i++) {
              indexed.read(index(indexed.size(), batch * size + i), described, buffer);
            }
          });
    }
    SampledDataset sampled = (SampledDataset) dataset;
    return FloatArrays.fill(
        manager,
        shape,
        buffer -> {
          Map<String, FloatBuffer> fields = new HashMap<>();
          for (DatasetField f : dataset.fields()) {
            fields.put(
                f.name(),
                f.name().equals(field) ? buffer : FloatBuffer.allocate(f.length() * size));
          }
          RandomGenerator random = streams.at("data/" + draw, batch);
          for (int i = 0; i < size; i++) {
            sampled.draw(random, fields);
          }
        });
  }

  /** The index of the sample at a position in the sequence of all shuffled epochs. */
  private int index(int samples, long position) {
    long epoch = position / samples;
    if (epoch != shuffledEpoch) {
      order = shuffled(samples, streams.at("data/" + draw, epoch));
      shuffledEpoch = epoch;
    }
    return order[(int) (position % samples)];
  }

  /** A uniformly random order (Fisher and Yates). */
  private static int[] shuffled(int samples, RandomGenerator random) {
    int[] order = new int[samples];
    for (int i = 0; i < samples; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
