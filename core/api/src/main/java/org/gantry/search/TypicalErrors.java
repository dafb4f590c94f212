package org.gantry.search;

import java.util.Arrays;
import java.util.Collection;

/**
 * The errors with which a predictor finds the codes of real pictures. A picture with a larger error
 * than most of them is probably unlike the data.
 */
public final class TypicalErrors {

  private final double[] sorted;

  private TypicalErrors(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Collects errors.
   *
   * @param errors at least one
   */
  public static TypicalErrors of(Collection<Double> errors) {
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("no errors to compare with");
    }
    return new TypicalErrors(errors.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  /** Measures the errors of some real pictures of the data. */
  public static TypicalErrors measure(CodePredictor predictor, CodeSearch search, int count) {
    return of(
        predictor.realPictures(count).stream()
            .map(p -> search.at(SearchTarget.whole(p), predictor.predict(p)).difference())
            .toList());
  }

  /** The percentage of real pictures with a smaller error, from 0 to 100. */
  public double percentile(double error) {
    int position = Arrays.binarySearch(sorted, error);
    int smaller = position < 0 ? -position - 1 : position;
    while (smaller > 0 && sorted[smaller - 1] >= error) {
      smaller--;
    }
    return 100.0 * smaller / sorted.length;
  }
}
