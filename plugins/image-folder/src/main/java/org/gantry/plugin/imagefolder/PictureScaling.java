package org.gantry.plugin.imagefolder;

/**
 * Scales pictures. Each direction is scaled by itself: down by the mean of the source pixels that a
 * pixel covers, up by cubic interpolation.
 */
final class PictureScaling {

  private PictureScaling() {}

  /** How each pixel of a line is made from the pixels of a source line. */
  private static final class LineWeights {

    /** The first source pixel of each pixel. */
    private final int[] first;

    /** The weights of it and of those that follow; their sum is 1. */
    private final float[][] weights;

    LineWeights(int[] first, float[][] weights) {
      this.first = first;
      this.weights = weights;
    }

    static LineWeights of(int source, int target) {
      int[] first = new int[target];
      float[][] weights = new float[target][];
      double ratio = source / (double) target;
      for (int i = 0; i < target; i++) {
        if (target <= source) {
          coverage(i * ratio, (i + 1) * ratio, source, i, first, weights);
        } else {
          cubic((i + 0.5) * ratio - 0.5, source, i, first, weights);
        }
      }
      return new LineWeights(first, weights);
    }

    private static void coverage(
        double from, double to, int source, int i, int[] first, float[][] weights) {
      int start = (int) Math.floor(from + 1e-9);
      int end = Math.min(source, (int) Math.ceil(to - 1e-9));
      first[i] = start;
      weights[i] = new float[end - start];
      for (int k = start; k < end; k++) {
        double covered = Math.min(k + 1.0, to) - Math.max(k, from);
        weights[i][k - start] = (float) (covered / (to - from));
      }
    }

    /** Beyond the edge, the pixel at the edge is repeated. */
    private static void cubic(double centre, int source, int i, int[] first, float[][] weights) {
      int start = (int) Math.floor(centre) - 1;
      int low = Math.max(0, start);
      int high = Math.min(source - 1, start + 3);
      first[i] = low;
      weights[i] = new float[high - low + 1];
      for (int k = start; k <= start + 3; k++) {
        int clamped = Math.max(low, Math.min(high, k));
        weights[i][clamped - low] += (float) catmullRom(Math.abs(centre - k));
      }
    }

    private static double catmullRom(double x) {
      if (x <= 1) {
        return 1.5 * x * x * x - 2.5 * x * x + 1;
      }
      return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
    }
  }

  /** Scales a picture to a size. */
  static RgbPicture scale(RgbPicture picture, int width, int height) {
    if (picture.width() == width && picture.height() == height) {
      return picture;
    }
    LineWeights columns = LineWeights.of(picture.width(), width);
    LineWeights rows = LineWeights.of(picture.height(), height);
    float[][] lines = new float[picture.height()][];
    int[] pixels = new int[width * height];
    int done = 0;
    for (int y = 0; y < height; y++) {
      int start = rows.first[y];
      int end = start + rows.weights[y].length;
      for (; done < start; done++) {
        lines[done] = null;
      }
      for (int k = start; k < end; k++) {
        if (lines[k] == null) {
          lines[k] = scaleLine(picture, k, columns);
        }
      }
      putRow(lines, start, rows.weights[y], pixels, y * width);
    }
    return new RgbPicture(width, height, pixels);
  }

  private static float[] scaleLine(RgbPicture picture, int row, LineWeights columns) {
    int width = columns.first.length;
    float[] line = new float[3 * width];
    int[] pixels = picture.pixels();
    for (int x = 0; x < width; x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      int at = row * picture.width() + columns.first[x];
      for (float weight : columns.weights[x]) {
        int pixel = pixels[at++];
        red += weight * (pixel >> 16 & 0xFF);
        green += weight * (pixel >> 8 & 0xFF);
        blue += weight * (pixel & 0xFF);
      }
      line[3 * x] = red;
      line[3 * x + 1] = green;
      line[3 * x + 2] = blue;
    }
    return line;
  }

  private static void putRow(
      float[][] lines, int start, float[] weights, int[] pixels, int offset) {
    int length = lines[start].length;
    float[] sums = new float[length];
    for (int k = 0; k < weights.length; k++) {
      float[] line = lines[start + k];
      for (int i = 0; i < length; i++) {
        sums[i] += weights[k] * line[i];
      }
    }
    for (int x = 0; x < length / 3; x++) {
      pixels[offset + x] =
          toByte(sums[3 * x]) << 16 | toByte(sums[3 * x + 1]) << 8 | toByte(sums[3 * x + 2]);
    }
  }

  private static int toByte(float value) {
    return Math.max(0, Math.min(255, Math.round(value)));
  }
}
