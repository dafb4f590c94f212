package org.gantry.plugin.classifierscore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;

/**
 * The choice of the right caption among others. A caption is as good as it is more probable for an
 * image than for any image: a classifier that sees nothing prefers no caption.
 *
 * @param captions the captions of the data with at least one of the words, each as the words that
 *     it has
 * @param rates the share of these captions with each word
 * @param candidates the number of captions in a choice; fewer if the data have fewer
 */
record CaptionChoice(List<List<Boolean>> captions, List<Double> rates, int candidates) {

  private static final double LEAST_PROBABILITY = 1e-6;

  /**
   * Collects the captions of the data.
   *
   * @param candidates the number of captions in a choice
   * @throws UnusableComponentException if all captions have the same words
   */
  static CaptionChoice of(CaptionWords words, int candidates) {
    return of(
        IntStream.range(0, words.size()).mapToObj(words::readCaption).map(words::presence).toList(),
        candidates);
  }

  /** As {@link #of(CaptionWords, int)}, for captions as the words that they have. */
  static CaptionChoice of(List<List<Boolean>> all, int candidates) {
    List<List<Boolean>> captions = all.stream().filter(c -> c.contains(true)).toList();
    long different = captions.stream().distinct().count();
    if (different < 2) {
      throw new UnusableComponentException("all captions have the same frequent words");
    }
    List<Double> rates =
        IntStream.range(0, captions.get(0).size())
            .mapToObj(word -> captions.stream().filter(c -> c.get(word)).count())
            .map(count -> count / (double) captions.size())
            .toList();
    return new CaptionChoice(captions, rates, (int) Math.min(candidates, different));
  }

  /**
   * The share of images whose caption is found, among those whose caption has one of the words.
   *
   * @param right the caption of each image
   * @param probabilities of the absence and the presence of each word, for each image
   * @param random draws the other captions
   * @return 0 if no caption has one of the words
   */
  double shareFound(
      List<List<Boolean>> right, List<double[]> probabilities, RandomGenerator random) {
    return IntStream.range(0, right.size())
        .filter(image -> right.get(image).contains(true))
        .mapToDouble(image -> isFound(right.get(image), probabilities.get(image), random) ? 1 : 0)
        .average()
        .orElse(0);
  }

  /** Whether no other caption is as probable as the right one. */
  private boolean isFound(List<Boolean> right, double[] probabilities, RandomGenerator random) {
    double score = logRatio(right, probabilities);
    return others(right, random).stream().allMatch(other -> logRatio(other, probabilities) < score);
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

  /** The logarithm of how much more probable a caption is for the image than for any image. */
  private double logRatio(List<Boolean> caption, double[] probabilities) {
    double sum = 0;
    for (int word = 0; word < caption.size(); word++) {
      boolean present = caption.get(word);
      double probability = probabilities[2 * word + (present ? 1 : 0)];
      double rate = present ? rates.get(word) : 1 - rates.get(word);
      sum += Math.log(Math.max(probability, LEAST_PROBABILITY) / Math.max(rate, LEAST_PROBABILITY));
    }
    return sum;
  }
}
