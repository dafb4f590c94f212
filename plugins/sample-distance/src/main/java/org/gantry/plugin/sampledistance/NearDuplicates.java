package org.gantry.plugin.sampledistance;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** The near-duplicates among samples. */
final class NearDuplicates {

  private final List<BitSet> twins;

  private NearDuplicates(List<BitSet> twins) {
    this.twins = twins;
  }

  /**
   * Compares all pairs.
   *
   * @param samples vectors of equal length
   * @param threshold the largest distance between near-duplicates
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

  /** The number of near-duplicate pairs. */
  long pairCount() {
    return twins.stream().mapToLong(BitSet::cardinality).sum() / 2;
  }

  /**
   * The median number of random draws, without replacement, until two samples are near-duplicates.
   * It is the number of samples plus one if there are no near-duplicates.
   */
  int medianBatch(int trials, RandomGenerator random) {
    int[] times = new int[trials];
    for (int trial = 0; trial < trials; trial++) {
      times[trial] = drawsUntilDuplicate(random);
    }
    Arrays.sort(times);
    return times[(trials - 1) / 2];
  }

  /** The number of draws until two samples are near-duplicates. */
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
