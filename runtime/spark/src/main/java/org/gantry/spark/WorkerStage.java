package org.gantry.spark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Runs a training as a barrier stage: Spark starts all workers at the same time, or none.
 *
 * @param context the connection to the cluster
 */
record WorkerStage(JavaSparkContext context) {

  /** The cluster lost a worker, or its connection to one. */
  static final class LostStageException extends Exception {

    private static final long serialVersionUID = 1L;

    LostStageException(SparkException cause) {
      super("a worker was lost: its process or its machine has ended", cause);
    }
  }

  /** The cluster cannot start the workers. */
  static final class UnstartedStageException extends Exception {

    private static final long serialVersionUID = 1L;

    UnstartedStageException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Trains until all workers have ended.
   *
   * @param secret of the workers
   * @return the reports by rank
   * @throws LostStageException if the training can continue from its last checkpoint
   * @throws UnstartedStageException if the cluster has fewer free cores than workers
   */
  List<WorkerReport> run(TrainingJob job, String secret)
      throws LostStageException, UnstartedStageException {
    List<Integer> ranks = IntStream.range(0, job.workers()).boxed().toList();
    ClassTag<WorkerReport> tag = ClassTag$.MODULE$.apply(WorkerReport.class);
    RDD<Integer> one = context.parallelize(ranks, job.workers()).rdd();
    RDD<WorkerReport> stage = one.barrier().mapPartitions(new WorkerTask(job, secret), false, tag);
    try {
      WorkerReport[] reports = (WorkerReport[]) stage.collect();
      return Arrays.stream(reports).sorted(Comparator.comparingInt(WorkerReport::rank)).toList();
    } catch (Exception e) {
      // Scala does not declare exceptions, so the compiler does not know that Spark throws its own.
      String text = String.valueOf(e.getMessage());
      if (text.contains("SPARK-24819") || text.contains("requires more slots")) {
        throw new UnstartedStageException(
            "the cluster %s has fewer free cores than the %d workers need"
                .formatted(job.master(), job.workers()),
            e);
      } else if (e instanceof SparkException lost) {
        throw new LostStageException(lost);
      }
      throw e;
    }
  }
}
