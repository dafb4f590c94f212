package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a classifier says of pictures.
 *
 * @param probabilities per picture, the probability of every class
 * @param features shape (pictures, 64)
 */
record ClassPredictions(List<double[]> probabilities, NDArray features) {

  /** The most probable class of a picture. */
  int predictedClass(int picture) {
    double[] row = probabilities.get(picture);
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The share of pictures whose most probable class is each. */
  double[] classHistogram() {
    double[] shares = new double[probabilities.get(0).length];
    for (int i = 0; i < probabilities.size(); i++) {
      shares[predictedClass(i)]++;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= probabilities.size();
    }
    return shares;
  }

  /** The most probable class of every picture. */
  int[] predictedClasses() {
    return IntStream.range(0, probabilities.size()).map(this::predictedClass).toArray();
  }

  /**
   * The share of pictures that are given their own class.
   *
   * @param indices which of the pictures these predictions are of, in their order
   */
  double accuracy(LabelledImages pictures, int[] indices) {
    int right = 0;
    for (int i = 0; i < indices.length; i++) {
      if (predictedClass(i) == pictures.label(indices[i])) {
        right++;
      }
    }
    return right / (double) indices.length;
  }
}
