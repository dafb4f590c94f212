package org.gantry.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.osgi.annotation.versioning.ProviderType;

/** Gives a metric the samples to evaluate, the data set and the networks. */
@ProviderType
public interface EvaluationContext {

  /** Returns the data set that the samples imitate. */
  Dataset dataset();

  /** Returns the number of samples to evaluate. */
  int sampleCount();

  /**
   * Returns samples of the generator in the scale of the data. Each call returns the same samples
   * in a new array. The metric closes the array or leaves it to {@link #manager()}.
   *
   * @return float32 of shape ({@link #sampleCount()}, ...), without gradients
   */
  NDArray samples();

  /**
   * Returns what the samples are an output of, with its inputs and its counterpart.
   *
   * @throws UnusableComponentException if only samples are available
   */
  default ModelUse use() {
    throw new UnusableComponentException("the metric needs to know what the samples are made of");
  }

  /**
   * Returns the data set and the use.
   *
   * @throws UnusableComponentException if only samples are available
   */
  default MetricSubject subject() {
    return new MetricSubject(dataset(), use());
  }

  /**
   * Returns the values that the samples were made of, such as their labels, or the real samples
   * that they should equal. Row i belongs to sample i. Each call returns a new array, as of {@link
   * #samples}.
   *
   * @param name the name of an input that is a field of the data, or of the counterpart
   * @return shape (count, ...); empty if the samples have no such input
   */
  default Optional<NDArray> field(String name) {
    return Optional.empty();
  }

  /** Returns the real samples that the generated ones should equal, or empty if there are none. */
  default Optional<NDArray> counterparts() {
    return use().counterpart().flatMap(counterpart -> field(counterpart.name()));
  }

  /**
   * Returns the values of the first generated samples, one array per sample, in the scale of the
   * data.
   *
   * @param count at most {@link #sampleCount}
   */
  default List<float[]> firstSamples(int count) {
    try (NDArray samples = samples()) {
      float[] values = samples.toFloatArray();
      int length = values.length / sampleCount();
      return IntStream.range(0, count)
          .mapToObj(i -> Arrays.copyOfRange(values, i * length, (i + 1) * length))
          .toList();
    }
  }

  /**
   * Returns the networks of the run. Their outputs belong to {@link #manager()}.
   *
   * @throws org.gantry.component.UnusableComponentException if only samples are available, but no
   *     networks
   */
  default TrainedModel trainedModel() {
    throw new UnusableComponentException("the metric needs networks, but there are only samples");
  }

  /**
   * Returns the manager for all arrays of the metric. The host closes it when the metric returns.
   */
  NDManager manager();

  /** Returns random streams under the seed of the run. */
  RandomStreams randomStreams();

  /**
   * Returns a folder for results that are expensive to compute, such as a trained classifier. The
   * folder exists as long as the run or the experiment. It belongs to this metric alone. Runs of
   * different recipes and seeds can share it.
   */
  Path cacheFolder();
}
