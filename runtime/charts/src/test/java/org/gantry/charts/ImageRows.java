package org.gantry.charts;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the pixels of a colour in a chart. */
final class ImageRows {

  private ImageRows() {}

  /** Returns the rows of the pixels of a colour, without the legend's at the bottom. */
  static List<Integer> of(BufferedImage image, int colour) {
    return IntStream.range(0, image.getWidth() * (image.getHeight() - 40))
        .filter(
            i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) == colour)
        .map(i -> i / image.getWidth())
        .boxed()
        .toList();
  }

  /** Returns the mean row of the pixels of a colour. */
  static double mean(BufferedImage image, int colour) {
    return of(image, colour).stream().mapToInt(row -> row).average().orElseThrow();
  }
}
