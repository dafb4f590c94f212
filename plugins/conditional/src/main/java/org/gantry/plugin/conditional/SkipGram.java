package org.gantry.plugin.conditional;

import java.util.random.RandomGenerator;

/**
 * Vectors of words that predict the words near them, by negative sampling (arXiv:1310.4546,
 * equation 4). The loss of a word and a word near it, next to words drawn at random, is
 *
 * <pre>
 * -log s(v . u_near) - sum of log s(-v . u_other),
 * </pre>
 *
 * <p>where s is the logistic function, v the vector of the word, and u a second vector of each
 * word.
 */
final class SkipGram {

  private final float[][] vectors;

  /** The second vector of each word. */
  private final float[][] predictions;

  /**
   * Starts with small random vectors, and with second vectors of 0.
   *
   * @param words the number of words
   * @param size the length of the vectors
   */
  SkipGram(int words, int size, RandomGenerator random) {
    vectors = new float[words][size];
    predictions = new float[words][size];
    for (float[] vector : vectors) {
      for (int i = 0; i < size; i++) {
        vector[i] = (random.nextFloat() - 0.5f) / size;
      }
    }
  }

  /** Returns the vector of a word; not copied. */
  float[] vector(int word) {
    return vectors[word];
  }

  /** Returns the second vector of a word; not copied. */
  float[] prediction(int word) {
    return predictions[word];
  }

  /** Returns the loss. */
  double loss(int word, int near, int[] others) {
    double loss = softPlus(-dot(vectors[word], predictions[near]));
    for (int other : others) {
      loss += softPlus(dot(vectors[word], predictions[other]));
    }
    return loss;
  }

  /** Takes a step of gradient descent on the loss. */
  void descend(int word, int near, int[] others, double rate) {
    float[] vector = vectors[word];
    float[] gradient = new float[vector.length];
    double[] errors = new double[others.length + 1];
    errors[0] = logistic(dot(vector, predictions[near])) - 1;
    for (int k = 0; k < others.length; k++) {
      errors[k + 1] = logistic(dot(vector, predictions[others[k]]));
    }
    // All gradients are those before the step, also if a word is drawn twice.
    addTo(gradient, predictions[near], errors[0]);
    for (int k = 0; k < others.length; k++) {
      addTo(gradient, predictions[others[k]], errors[k + 1]);
    }
    addTo(predictions[near], vector, -rate * errors[0]);
    for (int k = 0; k < others.length; k++) {
      addTo(predictions[others[k]], vector, -rate * errors[k + 1]);
    }
    addTo(vector, gradient, -rate);
  }

  private static void addTo(float[] sum, float[] added, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (factor * added[i]);
    }
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double softPlus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
