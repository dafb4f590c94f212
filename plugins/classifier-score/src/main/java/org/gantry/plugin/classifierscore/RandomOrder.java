package org.gantry.plugin.classifierscore;

import java.util.random.RandomGenerator;

/** Shuffles indices. */
final class RandomOrder {

  private RandomOrder() {}

  /** A copy of the values in a uniformly random order (Fisher-Yates). */
  static int[] shuffle(int[] values, RandomGenerator random) {
    int[] order = values.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
