package org.gantry.graph;

import java.util.List;

/**
 * One kind of fake in an adversarial pair.
 *
 * @param name names its terms in metrics, such as {@code mode}; empty to name them after the pair
 * @param example what the discriminator looks at
 * @param makers the players who want it to pass as real; empty for fakes that nobody makes, such as
 *     a real image with a wrong caption
 * @param discriminatorWeight how much it counts in the discriminator's loss; 0 to leave it out
 * @param generatorWeight how much it counts in each maker's loss; 0 to leave it out
 */
public record FakeExample(
    String name,
    Example example,
    List<String> makers,
    double discriminatorWeight,
    double generatorWeight) {

  /** Copies the list of makers. */
  public FakeExample {
    makers = List.copyOf(makers);
  }

  /** A fake whose terms are named after the pair. */
  public FakeExample(
      Example example, List<String> makers, double discriminatorWeight, double generatorWeight) {
    this("", example, makers, discriminatorWeight, generatorWeight);
  }

  /** The same fake with another weight in each maker's loss. */
  public FakeExample withGeneratorWeight(double weight) {
    return new FakeExample(name, example, makers, discriminatorWeight, weight);
  }

  /** A fake that counts fully on both sides. */
  public static FakeExample of(Signal signal, String maker) {
    return new FakeExample(Example.of(signal), List.of(maker), 1, 1);
  }
}
