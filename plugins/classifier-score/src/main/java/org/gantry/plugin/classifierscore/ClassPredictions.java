package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The predictions of a classifier.
 *
 * @param probabilities the probability of every class, per image; those of several labels follow
 *     one another
 * @param features shape (images, 64)
 */
record ClassPredictions(List<double[]> probabilities, NDArray features) {

  /**
   * The predictions of one of several labels.
   *
   * @param counts the number of classes of each label
   * @param which the label, from 0
   */
  ClassPredictions ofLabel(List<Integer> counts, int which) {
    int from = counts.subList(0, which).stream().mapToInt(Integer::intValue).sum();
    int end = from + counts.get(which);
    return new ClassPredictions(
        probabilities.stream().map(row -> Arrays.copyOfRange(row, from, end)).toList(), features);
  }

  /** The most probable class of an image. */
  int predictedClass(int image) {
    double[] row = probabilities.get(image);
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The share of images with each predicted class. */
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

  /** The most probable class of every image. */
  int[] predictedClasses() {
    return IntStream.range(0, probabilities.size()).map(this::predictedClass).toArray();
  }

  /** The most probable class of every image, for each label. */
  List<int[]> byLabel(LabelledImages images) {
    List<Integer> counts = images.classCounts();
    return IntStream.range(0, counts.size())
        .mapToObj(which -> ofLabel(counts, which).predictedClasses())
        .toList();
  }

  /**
   * The share of images whose predicted class is their label.
   *
   * @param indices the index of the image that each prediction is for
   */
  double accuracy(LabelledImages images, int[] indices) {
    int right = 0;
    for (int i = 0; i < indices.length; i++) {
      if (predictedClass(i) == images.label(indices[i])) {
        right++;
      }
    }
    return right / (double) indices.length;
  }
}
