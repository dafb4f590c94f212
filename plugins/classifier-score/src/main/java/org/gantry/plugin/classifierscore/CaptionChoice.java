package org.gantry.plugin.classifierscore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;

/**
 * The choice of the right caption among others.
 *
 * @param captions the different captions of the data, each as the words that it has
 * @param candidates the number of captions in a choice; fewer if the data have fewer
 */
record CaptionChoice(List<List<Boolean>> captions, int candidates) {

  private static final double LEAST_PROBABILITY = 1e-6;

  /**
   * Collects the captions of the data.
   *
   * @throws UnusableComponentException if all captions have the same words
   */
  static CaptionChoice of(CaptionWords words, int candidates) {
    Set<List<Boolean>> captions = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      captions.add(words.presence(words.readCaption(i)));
    }
    if (captions.size() < 2) {
      throw new UnusableComponentException("all captions have the same frequent words");
    }
    return new CaptionChoice(List.copyOf(captions), Math.min(candidates, captions.size()));
  }

  /**
   * The share of images whose caption is found.
   *
   * @param right the caption of each image
   * @param probabilities of the absence and the presence of each word, for each image
   * @param random draws the other captions
   */
  double shareFound(
      List<List<Boolean>> right, List<double[]> probabilities, RandomGenerator random) {
    long found =
        IntStream.range(0, right.size())
            .filter(image -> isFound(right.get(image), probabilities.get(image), random))
            .count();
    return found / (double) right.size();
  }

  /** Whether no other caption is as probable as the right one. */
  private boolean isFound(List<Boolean> right, double[] probabilities, RandomGenerator random) {
    double score = logLikelihood(right, probabilities);
    return others(right, random).stream()
        .allMatch(other -> logLikelihood(other, probabilities) < score);
  }

  private Set<List<Boolean>> others(List<Boolean> right, RandomGenerator random) {
    Set<List<Boolean>> others = new LinkedHashSet<>();
    while (others.size() < candidates - 1) {
      List<Boolean> other = captions.get(random.nextInt(captions.size()));
      if (!other.equals(right)) {
        others.add(other);
      }
    }
    return others;
  }

  private static double logLikelihood(List<Boolean> caption, double[] probabilities) {
    double sum = 0;
    for (int word = 0; word < caption.size(); word++) {
      double probability = probabilities[2 * word + (caption.get(word) ? 1 : 0)];
      sum += Math.log(Math.max(probability, LEAST_PROBABILITY));
    }
    return sum;
  }
}
