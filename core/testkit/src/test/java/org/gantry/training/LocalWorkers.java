package org.gantry.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Workers that are threads of one process and exchange values in memory. */
final class LocalWorkers {

  private final CyclicBarrier barrier;
  private final float[][] values;

  private LocalWorkers(int size) {
    barrier = new CyclicBarrier(size);
    values = new float[size][];
  }

  /** Runs a task as each worker of a group at the same time; returns the results by rank. */
  static <T> List<T> run(int size, Function<WorkerGroup, T> task) {
    LocalWorkers workers = new LocalWorkers(size);
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<T>> running =
          IntStream.range(0, size)
              .mapToObj(rank -> threads.submit(() -> task.apply(workers.member(rank))))
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private WorkerGroup member(int rank) {
    return new WorkerGroup() {
      @Override
      public int rank() {
        return rank;
      }

      @Override
      public int size() {
        return values.length;
      }

      @Override
      public void average(FloatBuffer own) {
        int count = share(own);
        for (int i = 0; i < count; i++) {
          double sum = 0;
          for (float[] other : values) {
            sum += other[i];
          }
          own.put(own.position() + i, (float) (sum / values.length));
        }
        await();
      }

      @Override
      public void rotate(FloatBuffer own) {
        share(own);
        own.slice().put(values[(rank + values.length - 1) % values.length]);
        await();
      }

      private int share(FloatBuffer own) {
        float[] copy = new float[own.remaining()];
        own.slice().get(copy);
        values[rank] = copy;
        await();
        return copy.length;
      }
    };
  }

  private void await() {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw WorkerException.lost("another worker failed", e);
    }
  }
}
