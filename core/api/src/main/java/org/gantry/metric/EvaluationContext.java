package org.gantry.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.osgi.annotation.versioning.ProviderType;

/** Gives a metric the samples to evaluate, the data set and the networks. */
@ProviderType
public interface EvaluationContext {

  /** Returns the data set that the run was trained on. */
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
