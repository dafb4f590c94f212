package org.gantry.plugin.structuralsimilarity;

import java.util.ArrayList;
import java.util.List;

/**
 * The structural similarity index of two images with values from 0 to 255, averaged over positions
 * and channels (Wang, Bovik, Sheikh and Simoncelli, Image quality assessment, 2004), with K1 = 0.01
 * and K2 = 0.03.
 *
 * @param whole luminance, contrast and structure; 1 for equal images and less for all others
 * @param structure contrast and structure alone
 */
record SimilarityIndex(double whole, double structure) {

  /** The exponents of the scales, from fine to coarse (Wang, Simoncelli and Bovik, 2003). */
  private static final double[] EXPONENTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

  /** The number of published exponents. */
  static final int MAX_SCALES = 5;

  private static final double C1 = (0.01 * 255) * (0.01 * 255);
  private static final double C2 = (0.03 * 255) * (0.03 * 255);

  /**
   * Compares two images at one scale.
   *
   * @param first the channels, at least one
   * @param second as many channels, of the same size
   */
  static SimilarityIndex of(List<ImageChannel> first, List<ImageChannel> second) {
    double whole = 0;
    double structure = 0;
    for (int channel = 0; channel < first.size(); channel++) {
      SimilarityIndex part = of(first.get(channel), second.get(channel));
      whole += part.whole / first.size();
      structure += part.structure / first.size();
    }
    return new SimilarityIndex(whole, structure);
  }

  private static SimilarityIndex of(ImageChannel a, ImageChannel b) {
    GaussianWindow window = GaussianWindow.forSize(a.height(), a.width());
    double[] meansA = window.means(a).values();
    double[] meansB = window.means(b).values();
    double[] squaresA = window.means(a.times(a)).values();
    double[] squaresB = window.means(b.times(b)).values();
    double[] products = window.means(a.times(b)).values();
    double whole = 0;
    double structure = 0;
    for (int i = 0; i < products.length; i++) {
      double product = meansA[i] * meansB[i];
      double powers = meansA[i] * meansA[i] + meansB[i] * meansB[i];
      double here = (2 * (products[i] - product) + C2) / (squaresA[i] + squaresB[i] - powers + C2);
      structure += here;
      whole += here * (2 * product + C1) / (powers + C1);
    }
    return new SimilarityIndex(whole / products.length, structure / products.length);
  }

  /**
   * The multi-scale similarity. Each scale has half of the size of the one before it. The value is
   * the product of the structure terms and, at the last scale, of the whole index, raised to
   * exponents that add up to 1. It is 0 where structures are opposite, because the base is then
   * negative.
   *
   * @param scales from 1 to 5; with 5, the published exponents add up to 1.0001
   */
  static double of(List<ImageChannel> first, List<ImageChannel> second, int scales) {
    double total = 0;
    for (int i = 0; i < scales; i++) {
      total += EXPONENTS[i];
    }
    double product = 1;
    List<ImageChannel> a = first;
    List<ImageChannel> b = second;
    for (int i = 0; i < scales; i++) {
      SimilarityIndex here = of(a, b);
      double base = i < scales - 1 ? here.structure : here.whole;
      double power = scales == MAX_SCALES ? EXPONENTS[i] : EXPONENTS[i] / total;
      product *= Math.pow(Math.max(0, base), power);
      a = halved(a);
      b = halved(b);
    }
    return product;
  }

  private static List<ImageChannel> halved(List<ImageChannel> channels) {
    List<ImageChannel> halves = new ArrayList<>();
    channels.forEach(channel -> halves.add(channel.downsample()));
    return halves;
  }
}
