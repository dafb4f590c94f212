package org.gantry.runs.samples;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gantry.data.Dataset;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.training.BoundComponent;

/** Trained networks to draw samples of: those of a run, or those of an exported file. */
public interface SampleSource extends AutoCloseable {

  /** What the networks can make, the usual use first. */
  List<ModelUse> uses();

  /**
   * The networks in inference.
   *
   * @param manager owns their results
   * @param seed the seed of random draws
   */
  TrainedModel trainedModel(NDManager manager, long seed);

  /**
   * A new manager of arrays on the device of the networks.
   *
   * @return closed by the caller
   */
  NDManager newManager();

  /** The sampler of the recipe. */
  BoundComponent<Sampler> sampler();

  /**
   * The data that the output of a use imitates; only their fields may be known.
   *
   * @param use the name of a use; empty for the usual one
   */
  Dataset imitatedData(String use);

  /** The seed of the run. */
  long seed();

  /** The number of training steps behind the weights. */
  long step();

  /** The weights that samples are drawn with, as a noun phrase. */
  String weights();

  @Override
  void close();
}
