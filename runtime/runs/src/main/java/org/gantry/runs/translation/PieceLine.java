package org.gantry.runs.translation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How one side of a picture is cut into pieces that networks take: a single piece, which may reach
 * beyond both edges, or several that overlap.
 *
 * @param side the side of the picture, in pixels
 * @param piece the side of each piece
 * @param starts where the pieces begin; negative if the only piece is larger than the picture
 */
record PieceLine(int side, int piece, List<Integer> starts) {

  /** The part of a piece that overlaps with the next one is at least one in so many. */
  private static final int OVERLAP = 4;

  /**
   * Cuts a side.
   *
   * @param trained the side of the images of the training
   * @param step longer pieces differ from it by a multiple of the step; 0 if none may be longer
   * @param largest the largest piece, unless the side of the training is larger
   */
  static PieceLine of(int side, int trained, int step, int largest) {
    int most = step == 0 ? trained : trained + Math.max(0, largest - trained) / step * step;
    if (side <= most) {
      int piece = side <= trained ? trained : trained + ceilDiv(side - trained, step) * step;
      return new PieceLine(side, piece, List.of(-((piece - side) / 2)));
    }
    int overlap = most / OVERLAP;
    int count = ceilDiv(side - overlap, most - overlap);
    int last = side - most;
    return new PieceLine(
        side,
        most,
        IntStream.range(0, count).mapToObj(i -> (int) ((long) i * last / (count - 1))).toList());
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /**
   * Returns the weight of each pixel of a piece where pieces are blended: it falls towards both
   * ends, over the length of an overlap.
   *
   * @param factor the pixels of a result for each pixel of the picture
   */
  float[] weights(int factor) {
    int length = piece * factor;
    int ramp = Math.max(1, length / OVERLAP);
    float[] weights = new float[length];
    for (int i = 0; i < length; i++) {
      weights[i] = Math.min(ramp, Math.min(i + 1, length - i)) / (float) ramp;
    }
    return weights;
  }

  /** Returns the sum of the weights of all pieces at each pixel of the result. */
  float[] sums(int factor) {
    float[] weights = weights(factor);
    float[] sums = new float[side * factor];
    for (int start : starts) {
      for (int i = 0; i < weights.length; i++) {
        int at = start * factor + i;
        if (at >= 0 && at < sums.length) {
          sums[at] += weights[i];
        }
      }
    }
    return sums;
  }
}
