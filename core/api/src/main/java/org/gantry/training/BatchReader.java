package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;

/**
 * Reads batches of a data set. A batch is a function of its number, so the training keeps no
 * cursor. Every epoch of a finite data set has another order, and every reading of a sample another
 * random variation.
 */
final class BatchReader {

  /** How many other samples to look at before a field counts as constant. */
  private static final int MISMATCH_ATTEMPTS = 100;

  private final Dataset dataset;
  private final String draw;
  private final int size;
  private final RandomStreams streams;
  private final WorkerShard shard;
  private long shuffledEpoch = -1;
  private int[] order = {};

  /** Reads the batches of a training that has one worker. */
  BatchReader(Dataset dataset, String draw, int size, RandomStreams streams) {
    this(dataset, draw, size, streams, WorkerShard.WHOLE);
  }

  /**
   * Reads the batches of a worker.
   *
   * @param size the number of samples in a batch of the worker
   */
  BatchReader(Dataset dataset, String draw, int size, RandomStreams streams, WorkerShard shard) {
    this.dataset = dataset;
    this.draw = draw;
    this.size = size;
    this.streams = streams;
    this.shard = shard;
  }

  /** One field of one batch, shape (size, ...), which belongs to the manager. */
  NDArray read(NDManager manager, DatasetField field, long batch) {
    Shape shape = new Shape(size).addAll(field.shape());
    if (dataset instanceof IndexedDataset indexed) {
      long first = shard.position(batch, size);
      return FloatArrays.fill(
          manager,
          shape,
          buffer -> {
            for (int i = 0; i < size; i++) {
              long position = first + i;
              indexed.read(
                  index(indexed.size(), position),
                  field,
                  streams.at("variation/" + draw, position),
                  buffer);
            }
          });
    }
    RandomGenerator random = streams.at("data/" + draw, batch);
    return FloatArrays.fill(
        manager,
        shape,
        buffer ->
            shard.draw(
                buffer,
                all ->
                    ((SampledDataset) dataset).drawField(random, field, size * shard.size(), all)));
  }

  /**
   * One field of other samples than those of a batch. Each value differs from the batch's value at
   * the same position.
   *
   * @throws IllegalStateException if the values of a hundred other samples are all the same
   */
  NDArray readMismatched(NDManager manager, DatasetField field, long batch) {
    Shape shape = new Shape(size).addAll(field.shape());
    int length = field.length();
    float[] matching;
    try (NDArray read = read(manager, field, batch)) {
      matching = read.toFloatArray();
    }
    RandomGenerator random =
        shard.noise(streams).at("mismatch/" + draw + "/" + field.name(), batch);
    long first = shard.position(batch, size);
    return FloatArrays.fill(
        manager,
        shape,
        buffer -> {
          for (int i = 0; i < size; i++) {
            float[] own = Arrays.copyOfRange(matching, i * length, (i + 1) * length);
            buffer.put(drawOther(random, field, own, first + i));
          }
        });
  }

  private float[] drawOther(
      RandomGenerator random, DatasetField field, float[] own, long position) {
    for (int attempt = 0; attempt < MISMATCH_ATTEMPTS; attempt++) {
      FloatBuffer other = FloatBuffer.allocate(own.length);
      if (dataset instanceof IndexedDataset indexed) {
        int sample = random.nextInt(indexed.size());
        if (sample == index(indexed.size(), position)) {
          // Another variation of the same sample is not another sample.
          continue;
        }
        indexed.read(sample, field, random, other);
      } else {
        ((SampledDataset) dataset).drawField(random, field, 1, other);
      }
      if (!Arrays.equals(own, other.array())) {
        return other.array();
      }
    }
    throw new IllegalStateException(
        "the field %s has the same value in %d other samples, so none can be told from it"
            .formatted(field.name(), MISMATCH_ATTEMPTS));
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
