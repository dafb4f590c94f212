package org.gantry.plugin.plugandplay;

import java.util.List;
import org.gantry.component.UnusableComponentException;

/** What the options of both samplers have in common. */
final class ChainOptions {

  static final String STEPS = "the number of steps of a chain";
  static final String RATE = "a factor on each step";
  static final String RANGE =
      "the lowest and the highest value of a code; [] for no limits. Codes after a ReLU are not"
          + " negative";
  static final String OBJECTIVE =
      "what the condition increases: log-probability, truncated (the same without the gradient by"
          + " the other classes) or logit";
  static final String NORMALISED =
      "whether a step is divided by the mean of its absolute values, as in the published sampler";
  static final String EVERY =
      "the steps between two images of a chain, which then take up a row; 0 for its end alone";

  private ChainOptions() {}

  /**
   * The range of codes.
   *
   * @param limits the lowest and the highest value, or nothing
   * @throws UnusableComponentException if the limits are not a range
   */
  static ChainStep.Range range(List<Double> limits) {
    if (limits.isEmpty()) {
      return ChainStep.Range.ALL;
    }
    if (limits.size() != 2 || !(limits.get(0) < limits.get(1))) {
      throw new UnusableComponentException(
          "range: expected the lowest and the highest value of a code, such as [0, 30], not "
              + limits);
    }
    return new ChainStep.Range(limits.get(0), limits.get(1));
  }

  /** The images in a row: those of a chain, or 0 if a chain has one. */
  static int rowLength(CodeChains chains) {
    return chains.every() == 0 ? 0 : chains.imagesPerChain();
  }
}
