package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.data.DatasetField;

/**
 * Requested labels next to those that a classifier sees.
 *
 * @param requested the class by each label, for each image
 * @param seen the class of each image, for each label
 * @param classCounts the number of classes of each label
 */
record LabelAgreement(List<int[]> requested, List<int[]> seen, List<Integer> classCounts) {

  /** The labels of held-out real images next to those that the classifier sees in them. */
  static LabelAgreement ofHeldOut(
      NDManager manager, ImageClassifier classifier, LabelledImages images) {
    int[] heldOut = images.heldOut();
    int labels = images.classCounts().size();
    return new LabelAgreement(
        IntStream.of(heldOut)
            .mapToObj(i -> IntStream.range(0, labels).map(w -> images.label(i, w)).toArray())
            .toList(),
        classifier.classify(manager, images, heldOut).byLabel(images),
        images.classCounts());
  }

  /** The share of labels that are seen as requested, over all images and labels. */
  double share() {
    double sum = 0;
    for (int which = 0; which < seen.size(); which++) {
      sum += share(which);
    }
    return sum / seen.size();
  }

  /** The share of images whose label is seen as requested. */
  private double share(int which) {
    int right = 0;
    for (int image = 0; image < requested.size(); image++) {
      right += requested.get(image)[which] == seen.get(which)[image] ? 1 : 0;
    }
    return right / (double) requested.size();
  }

  /** The share of the class with the lowest one, among all labels; 1 if no class is requested. */
  private double leastShareOfClass() {
    double least = 1;
    for (int which = 0; which < seen.size(); which++) {
      int[] right = new int[classCounts.get(which)];
      int[] all = new int[classCounts.get(which)];
      for (int image = 0; image < requested.size(); image++) {
        int label = requested.get(image)[which];
        all[label]++;
        right[label] += label == seen.get(which)[image] ? 1 : 0;
      }
      for (int label = 0; label < all.length; label++) {
        if (all[label] > 0) {
          least = Math.min(least, right[label] / (double) all[label]);
        }
      }
    }
    return least;
  }

  /**
   * The share over all labels, the share of the class with the lowest one, and the share of each
   * label if there are several.
   *
   * @param name the name of the first figure, with which the others begin
   */
  Map<String, Double> figures(String name, List<DatasetField> labels) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(name, share());
    figures.put(name + "-min", leastShareOfClass());
    if (labels.size() > 1) {
      for (int which = 0; which < labels.size(); which++) {
        figures.put(name + "-" + labels.get(which).name(), share(which));
      }
    }
    return figures;
  }
}
