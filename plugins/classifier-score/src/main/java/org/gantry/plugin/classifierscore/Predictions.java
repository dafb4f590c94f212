package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What a classifier says of pictures.
 *
 * @param probabilities per picture, the probability of every class
 * @param features shape (pictures, 64)
 */
record Predictions(List<double[]> probabilities, NDArray features) {

  /** The most probable class of a picture. */
  int label(int picture) {
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
  double[] histogram() {
    double[] shares = new double[probabilities.get(0).length];
    for (int i = 0; i < probabilities.size(); i++) {
      shares[label(i)]++;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= probabilities.size();
    }
    return shares;
  }
}
