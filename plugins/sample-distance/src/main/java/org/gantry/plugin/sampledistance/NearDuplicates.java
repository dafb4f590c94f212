package org.gantry.plugin.sampledistance;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which of some samples are alike, and how soon two such meet when they are drawn one by one. */
final class NearDuplicates {

  private final List<BitSet> twins;

  private NearDuplicates(List<BitSet> twins) {
    this.twins = twins;
  }

  /**
   * Compares all pairs.
   *
   * @param samples vectors of equal length
   * @param threshold the distance up to which two count as one and the same
   */
  static NearDuplicates among(List<float[]> samples, double threshold) {
    List<BitSet> twins = samples.stream().map(sample -> new BitSet()).toList();
    for (int i = 1; i < samples.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (SampleVectors.within(samples.get(i), samples.get(j), threshold)) {
          twins.get(i).set(j);
          twins.get(j).set(i);
        }
      }
    }
    return new NearDuplicates(twins);
  }

  /** The number of pairs that are alike. */
  long pairCount() {
    return twins.stream().mapToLong(BitSet::cardinality).sum() / 2;
  }

  /**
   * The fewest samples, drawn at random and without repeats, among which two are alike in half of
   * the trials or more; one more than there are, if no two are.
   */
  int medianBatch(int trials, RandomGenerator random) {
    int[] times = new int[trials];
    for (int trial = 0; trial < trials; trial++) {
      times[trial] = drawsUntilDuplicate(random);
    }
    Arrays.sort(times);
    return times[(trials - 1) / 2];
  }

  /** How many are drawn until two are alike. */
  private int drawsUntilDuplicate(RandomGenerator random) {
    int[] order = new int[twins.size()];
    Arrays.setAll(order, i -> i);
    BitSet drawn = new BitSet();
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i, order.length);
      int sample = order[j];
      order[j] = order[i];
      if (twins.get(sample).intersects(drawn)) {
        return i + 1;
      }
      drawn.set(sample);
    }
    return order.length + 1;
  }
}
