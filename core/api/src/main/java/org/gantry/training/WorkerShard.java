package org.gantry.training;

import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.gantry.tensor.RandomStreams;

/**
 * A worker's share of the random draws. The workers' shares of a batch are the parts of one batch
 * as large as all of them together, so N workers with a batch of b see what one worker with a batch
 * of N b sees. Other noise has streams of its own at each worker.
 *
 * @param rank the number of the worker
 * @param size the number of workers
 */
record WorkerShard(int rank, int size) {

  /** The share of a training that has one worker. */
  static final WorkerShard WHOLE = new WorkerShard(0, 1);

  static WorkerShard of(WorkerGroup group) {
    return new WorkerShard(group.rank(), group.size());
  }

  /** The position of the first sample of a batch in the sequence of all samples. */
  long position(long batch, int samples) {
    return (batch * size + rank) * samples;
  }

  /**
   * Draws this worker's part of the numbers that are drawn for all workers.
   *
   * @param into filled by the part
   * @param drawing draws for all workers, as many numbers for each
   */
  void draw(FloatBuffer into, Consumer<FloatBuffer> drawing) {
    if (size == 1) {
      drawing.accept(into);
      return;
    }
    int own = into.remaining();
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(own, size));
    drawing.accept(all);
    into.put(all.array(), rank * own, own);
  }

  /** The streams of noise of this worker, which are the training's for the first one. */
  RandomStreams noise(RandomStreams training) {
    return rank == 0 ? training : new RandomStreams(training.at("worker", rank).nextLong());
  }
}
