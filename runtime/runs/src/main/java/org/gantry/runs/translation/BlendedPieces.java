package org.gantry.runs.translation;

/** Puts the results of overlapping pieces together. Each pixel is a weighted mean of its pieces. */
final class BlendedPieces {

  private final PieceLine rows;
  private final PieceLine columns;
  private final int factor;
  private final float[] rowWeights;
  private final float[] columnWeights;
  private final ImagePixels sums;

  /**
   * Begins a picture.
   *
   * @param factor the pixels of a result for each pixel of the picture
   * @param channels the channels of results
   */
  BlendedPieces(PieceLine rows, PieceLine columns, int factor, int channels) {
    this.rows = rows;
    this.columns = columns;
    this.factor = factor;
    rowWeights = rows.weights(factor);
    columnWeights = columns.weights(factor);
    int height = rows.side() * factor;
    int width = columns.side() * factor;
    sums = new ImagePixels(channels, height, width, new float[channels * height * width]);
  }

  /**
   * Adds the result of a piece.
   *
   * @param top where the piece begins in the picture, possibly above it
   * @param left where the piece begins in the picture, possibly left of it
   * @param values of shape (channels, rows, columns) of the result
   * @param offset the position of the first value
   */
  void add(int top, int left, float[] values, int offset) {
    int at = offset;
    for (int channel = 0; channel < sums.channels(); channel++) {
      for (int y = 0; y < rowWeights.length; y++) {
        int row = top * factor + y;
        for (int x = 0; x < columnWeights.length; x++, at++) {
          int column = left * factor + x;
          if (row >= 0 && row < sums.height() && column >= 0 && column < sums.width()) {
            int into = (channel * sums.height() + row) * sums.width() + column;
            sums.values()[into] += rowWeights[y] * columnWeights[x] * values[at];
          }
        }
      }
    }
  }

  /** Returns the picture, after all pieces. */
  ImagePixels finish() {
    float[] rowSums = rows.sums(factor);
    float[] columnSums = columns.sums(factor);
    int at = 0;
    for (int channel = 0; channel < sums.channels(); channel++) {
      for (float rowSum : rowSums) {
        for (float columnSum : columnSums) {
          sums.values()[at++] /= rowSum * columnSum;
        }
      }
    }
    return sums;
  }
}
