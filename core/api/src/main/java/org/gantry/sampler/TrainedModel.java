package org.gantry.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Set;
import org.gantry.data.Dataset;
import org.gantry.prior.Prior;
import org.gantry.tensor.RandomStreams;
import org.osgi.annotation.versioning.ProviderType;

/** The trained networks of a run, for inference. */
@ProviderType
public interface TrainedModel {

  /** Returns the roles of the networks. */
  Set<String> roles();

  /**
   * Applies a network in inference mode. If a regularizer keeps averaged weights, the network uses
   * them.
   *
   * @param role one of {@link #roles()}
   * @param inputs arrays of shape (batch, ...), in the order of the network's input ports
   * @return the outputs in the order of the output ports; they belong to {@link #manager()}
   */
  NDList apply(String role, NDArray... inputs);

  /** Returns the prior of the run. */
  Prior prior();

  /** Returns the data set of the run. */
  Dataset dataset();

  /** Returns the manager of all results. The host closes it. */
  NDManager manager();

  /** Returns random streams for drawing codes, under the seed of the sampling. */
  RandomStreams randomStreams();
}
