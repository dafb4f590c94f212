package org.gantry.plugin.conditional;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;

/**
 * Trains vectors of words over the texts of a data set. Each epoch reads every sample once, so of
 * several captions of a sample another one each time.
 */
final class SkipGramTraining {

  /** The exponent of the distribution of other words, from the paper. */
  private static final double FLATTENING = 0.75;

  /** The rate falls to this share of its first value. */
  private static final double LAST_RATE = 1e-4;

  private final IndexedDataset data;
  private final DatasetField field;
  private final SkipGramCondition.Options options;
  private final RandomGenerator random;

  /**
   * Prepares a training.
   *
   * @param field a text of the data set
   * @param random the only source of randomness
   */
  SkipGramTraining(
      IndexedDataset data,
      DatasetField field,
      SkipGramCondition.Options options,
      RandomGenerator random) {
    this.data = data;
    this.field = field;
    this.options = options;
    this.random = random;
  }

  /** Returns the vectors. Word k has the number {@link WordVocabulary#UNKNOWN} + k in the texts. */
  SkipGram train() {
    int words = field.classNames().size() - WordVocabulary.UNKNOWN;
    SkipGram vectors = new SkipGram(words, options.size(), random);
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      List<int[]> texts = readTexts();
      double[] distribution = distribution(texts, words);
      for (int i = 0; i < texts.size(); i++) {
        double done = (epoch + i / (double) texts.size()) / options.epochs();
        double rate = options.rate() * Math.max(LAST_RATE, 1 - done);
        learn(vectors, texts.get(i), distribution, rate);
      }
    }
    return vectors;
  }

  private List<int[]> readTexts() {
    List<int[]> texts = new ArrayList<>();
    FloatBuffer numbers = FloatBuffer.allocate(field.length());
    for (int sample = 0; sample < data.size(); sample++) {
      data.read(sample, field, random, numbers.clear());
      int[] text = new int[field.length()];
      int length = 0;
      for (float number : numbers.array()) {
        if (number != WordVocabulary.PADDING) {
          text[length++] = (int) number - WordVocabulary.UNKNOWN;
        }
      }
      texts.add(Arrays.copyOf(text, length));
    }
    return texts;
  }

  /** The probability of each word and of those before it, from the flattened counts. */
  private static double[] distribution(List<int[]> texts, int words) {
    double[] sums = new double[words];
    for (int[] text : texts) {
      for (int word : text) {
        sums[word]++;
      }
    }
    double total = 0;
    for (int word = 0; word < words; word++) {
      total += Math.pow(sums[word], FLATTENING);
      sums[word] = total;
    }
    for (int word = 0; word < words; word++) {
      sums[word] /= total;
    }
    return sums;
  }

  private void learn(SkipGram vectors, int[] text, double[] distribution, double rate) {
    int[] others = new int[options.negative()];
    for (int at = 0; at < text.length; at++) {
      int reach = 1 + random.nextInt(options.window());
      int last = Math.min(text.length - 1, at + reach);
      for (int near = Math.max(0, at - reach); near <= last; near++) {
        if (near != at) {
          for (int k = 0; k < others.length; k++) {
            others[k] = draw(distribution);
          }
          vectors.descend(text[at], text[near], others, rate);
        }
      }
    }
  }

  private int draw(double[] distribution) {
    int found = Arrays.binarySearch(distribution, random.nextDouble());
    return Math.min(distribution.length - 1, found < 0 ? -found - 1 : found + 1);
  }
}
