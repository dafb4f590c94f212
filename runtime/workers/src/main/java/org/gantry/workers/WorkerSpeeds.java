package org.gantry.workers;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How long each worker computes between exchanges. Finds a worker for which the others wait. A
 * worker is slow if it takes more than {@value #SLOW} times as long as the median worker, over
 * {@value #WINDOW} exchanges.
 */
final class WorkerSpeeds {

  private static final double SLOW = 1.5;
  private static final int WINDOW = 50;

  /** Less waiting than this per window does not matter, in seconds. */
  private static final double NOTABLE = 0.5;

  private final double[] sums;
  private final Set<Integer> reported = new HashSet<>();
  private int count;

  WorkerSpeeds(int workers) {
    sums = new double[workers];
  }

  /**
   * Adds what the workers computed before an exchange.
   *
   * @param seconds by rank
   * @return a sentence about a worker that is slow, once for each
   */
  Optional<String> add(float[] seconds) {
    for (int rank = 0; rank < sums.length; rank++) {
      sums[rank] += seconds[rank];
    }
    count++;
    if (count < WINDOW) {
      return Optional.empty();
    }
    double[] sorted = sums.clone();
    Arrays.sort(sorted);
    // The lower median, so that one of two workers can be slow.
    double median = sorted[(sums.length - 1) / 2];
    int slowest = 0;
    for (int rank = 1; rank < sums.length; rank++) {
      slowest = sums[rank] > sums[slowest] ? rank : slowest;
    }
    double most = sums[slowest];
    Arrays.fill(sums, 0);
    count = 0;
    if (most > SLOW * median && most - median > NOTABLE && reported.add(slowest)) {
      return Optional.of(
          "worker %d is slow: it takes %s times as long as the median worker, and the others wait for it"
              .formatted(
                  slowest, String.format(Locale.ROOT, "%.1f", most / Math.max(median, 1e-9))));
    }
    return Optional.empty();
  }
}
