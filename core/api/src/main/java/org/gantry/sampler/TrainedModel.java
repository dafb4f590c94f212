package org.gantry.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Set;
import org.gantry.data.Dataset;
import org.gantry.prior.Prior;
import org.gantry.tensor.RandomStreams;
import org.osgi.annotation.versioning.ProviderType;

/** The networks of a run, for use rather than training. */
@ProviderType
public interface TrainedModel {

  /** The roles that can be applied. */
  Set<String> roles();

  /**
   * Applies a network in inference mode, with its averaged weights where a regularizer keeps them.
   *
   * @param role one of {@link #roles()}
   * @param inputs arrays of shape (batch, ...), in the order of the network's input ports
   * @return the outputs, in the order of its output ports
   */
  NDList apply(String role, NDArray... inputs);

  /** The prior of the run. */
  Prior prior();

  /** The data set of the run. */
  Dataset dataset();

  /** The manager that results belong to; the caller closes it. */
  NDManager manager();

  /** Random streams for drawing codes, keyed by the seed that the user chose for sampling. */
  RandomStreams randomStreams();
}
