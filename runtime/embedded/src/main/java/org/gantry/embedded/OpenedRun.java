package org.gantry.embedded;

import java.util.List;
import java.util.Map;

/**
 * The networks of a run, restored for use. Not thread-safe: several threads can open the run
 * several times.
 */
public interface OpenedRun extends AutoCloseable {

  /** The number of training steps behind the networks. */
  long step();

  /** What to know about the restored checkpoint, such as other plugins; one sentence each. */
  List<String> notes();

  /**
   * What the networks can make, such as {@code samples} or {@code translation}; usual use first.
   */
  List<String> uses();

  /**
   * Draws samples of the usual use under the seed of the run.
   *
   * @param count the number of samples, at least 1
   * @throws GantryException if they cannot be drawn
   */
  default GeneratedSamples sample(int count) {
    return sample(SampleOptions.of(count));
  }

  /**
   * Draws samples. The same options give the same bits.
   *
   * @throws GantryException if the networks cannot make what is asked for
   */
  GeneratedSamples sample(SampleOptions options);

  /**
   * Evaluates the metrics of the recipe, and adds the result to the run's evaluations.
   *
   * @param count the number of samples, at least 1
   * @return the figures by {@code metric/figure}, in a fixed order
   * @throws GantryException if the recipe has no metrics, or one of them fails
   */
  Map<String, Double> evaluate(int count);

  /** Frees the networks. */
  @Override
  void close();
}
