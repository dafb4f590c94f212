package org.gantry.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What samples to draw. The {@code with} methods return changed copies.
 *
 * @param count the number of samples, at least 1
 * @param seed the seed of the random codes; empty for that of the run
 * @param use what to make, one of {@link OpenedRun#uses}; empty for the usual use
 * @param given values of inputs by name, as after {@code --given}: {@code label} and {@code 3,5,8};
 *     the data give the others
 */
public record SampleOptions(int count, OptionalLong seed, String use, Map<String, String> given) {

  /** Copies the map. */
  public SampleOptions {
    given = Map.copyOf(given);
  }

  /** Samples of the usual use, under the seed of the run, with inputs from the data. */
  public static SampleOptions of(int count) {
    return new SampleOptions(count, OptionalLong.empty(), "", Map.of());
  }

  /** A copy with a seed. */
  public SampleOptions withSeed(long other) {
    return new SampleOptions(count, OptionalLong.of(other), use, given);
  }

  /** A copy with another use. */
  public SampleOptions withUse(String other) {
    return new SampleOptions(count, seed, other, given);
  }

  /**
   * A copy with the value of an input.
   *
   * @param name the name of the input, such as {@code label} or {@code image}
   * @param value its value, such as {@code 3,5,8} or the path of a picture
   */
  public SampleOptions withGiven(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(given);
    more.put(name, value);
    return new SampleOptions(count, seed, use, more);
  }
}
