package org.gantry.training;

import java.nio.FloatBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The workers that train one composition together, as one of them sees them. Each worker has a
 * session of its own, which reads its share of every batch.
 */
@ConsumerType
public interface WorkerGroup {

  /** The group of a training that has one worker. */
  WorkerGroup SINGLE =
      new WorkerGroup() {
        @Override
        public int rank() {
          return 0;
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public void average(FloatBuffer values) {
          // The mean of one value is the value.
        }

        @Override
        public void rotate(FloatBuffer values) {
          // The only worker keeps its values.
        }
      };

  /** The number of this worker, from 0. */
  int rank();

  /** The number of workers, at least 1. */
  int size();

  /**
   * Replaces values by their mean over all workers. Waits until every worker has called. All
   * workers get the same bits.
   *
   * @param values as many at each worker; read and replaced from the position to the limit, which
   *     both stay
   * @throws WorkerException if another worker has stopped or does not answer
   */
  void average(FloatBuffer values);

  /**
   * Replaces values by those of the previous worker; the first one gets those of the last. Waits
   * until every worker has called.
   *
   * @param values as many at each worker; read and replaced from the position to the limit, which
   *     both stay
   * @throws WorkerException if another worker has stopped or does not answer
   */
  void rotate(FloatBuffer values);
}
