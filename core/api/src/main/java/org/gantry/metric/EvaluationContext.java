package org.gantry.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.osgi.annotation.versioning.ProviderType;

/** What a metric may look at. */
@ProviderType
public interface EvaluationContext {

  /** The data set that the run was trained on. */
  Dataset dataset();

  /** The number of samples that the user wants judged. */
  int sampleCount();

  /**
   * Samples of the generator, as it makes them, in the data's own scale. Every call returns the
   * same samples, in a new array that the metric closes or leaves to {@link #manager()}.
   *
   * @return shape (count, ...) of float32, recorded without gradients
   */
  NDArray samples();

  /**
   * The run's networks; what they return belongs to {@link #manager()}.
   *
   * @throws org.gantry.component.UnusableComponentException if there are samples to judge and no
   *     networks
   */
  default TrainedModel trainedModel() {
    throw new UnusableComponentException("there are samples to judge, but no networks");
  }

  /** The manager for everything that the metric allocates; closed when the metric returns. */
  NDManager manager();

  /** Random streams keyed by the run's seed. */
  RandomStreams randomStreams();

  /**
   * A folder that lives as long as the run or the experiment, in which a metric may keep what is
   * costly to compute, such as a trained classifier. Its name is unique to the metric; runs of
   * different recipes and seeds may share it.
   */
  Path cacheFolder();
}
