package org.gantry.graph;

import java.util.List;
import java.util.Map;

/**
 * One kind of fake in an adversarial pair.
 *
 * @param name names its terms in metrics, such as {@code mode}; empty to name them after the pair
 * @param example the input of the discriminator
 * @param makers the players who want it to pass as real; empty for fakes that no network makes,
 *     such as a real image with a wrong caption
 * @param discriminatorWeight its weight in the discriminator's loss; 0 to leave it out
 * @param generatorWeight its weight in each maker's loss; 0 to leave it out
 * @param asked what it was made for, by field of the data, where that is not the value of the
 *     sample, such as another label
 */
public record FakeExample(
    String name,
    Example example,
    List<String> makers,
    double discriminatorWeight,
    double generatorWeight,
    Map<String, Signal> asked) {

  /** Copies the list of makers and the map. */
  public FakeExample {
    makers = List.copyOf(makers);
    asked = Map.copyOf(asked);
  }

  /** A fake that was made for the values of the sample. */
  public FakeExample(
      String name,
      Example example,
      List<String> makers,
      double discriminatorWeight,
      double generatorWeight) {
    this(name, example, makers, discriminatorWeight, generatorWeight, Map.of());
  }

  /** A fake whose terms are named after the pair. */
  public FakeExample(
      Example example, List<String> makers, double discriminatorWeight, double generatorWeight) {
    this("", example, makers, discriminatorWeight, generatorWeight);
  }

  /** A copy with another weight in each maker's loss. */
  public FakeExample withGeneratorWeight(double weight) {
    return new FakeExample(name, example, makers, discriminatorWeight, weight, asked);
  }

  /** A copy that was made for another value of a field than that of the sample. */
  public FakeExample askedFor(String field, Signal value) {
    return new FakeExample(
        name, example, makers, discriminatorWeight, generatorWeight, Map.of(field, value));
  }

  /** A fake with weight 1 in both losses. */
  public static FakeExample of(Signal signal, String maker) {
    return new FakeExample(Example.of(signal), List.of(maker), 1, 1);
  }
}
