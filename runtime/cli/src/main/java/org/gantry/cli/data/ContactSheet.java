package org.gantry.cli.data;

import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/** A picture of many pictures of a data set, spread evenly over it, as a training reads them. */
final class ContactSheet {

  private static final int MOST = 144;
  private static final int GAP = 2;
  private static final int SHORTEST_SIDE = 48;
  private static final int BACKGROUND = 0x808080;

  private ContactSheet() {}

  /** Whether the samples are grey or colour pictures. */
  static boolean canDraw(DatasetField image) {
    return image.shape().dimension() == 3
        && (image.shape().get(0) == 1 || image.shape().get(0) == 3);
  }

  /** Draws the sheet. */
  static BufferedImage draw(IndexedDataset data, DatasetField image) {
    int shown = Math.min(MOST, data.size());
    int height = (int) image.shape().get(1);
    int width = (int) image.shape().get(2);
    int scale = Math.max(1, (SHORTEST_SIDE + height - 1) / height);
    int columns = (int) Math.ceil(Math.sqrt(shown));
    int rows = (shown + columns - 1) / columns;
    int across = width * scale + GAP;
    int down = height * scale + GAP;
    BufferedImage sheet =
        new BufferedImage(columns * across + GAP, rows * down + GAP, BufferedImage.TYPE_INT_RGB);
    int[] background = new int[sheet.getWidth() * sheet.getHeight()];
    Arrays.fill(background, BACKGROUND);
    sheet.setRGB(0, 0, sheet.getWidth(), sheet.getHeight(), background, 0, sheet.getWidth());
    FloatBuffer values = FloatBuffer.allocate(image.length());
    for (int i = 0; i < shown; i++) {
      data.read((int) ((long) i * data.size() / shown), image, values.clear());
      int left = i % columns * across + GAP;
      int top = i / columns * down + GAP;
      for (int y = 0; y < height * scale; y++) {
        for (int x = 0; x < width * scale; x++) {
          int pixel = y / scale * width + x / scale;
          sheet.setRGB(left + x, top + y, colour(image, values, pixel, height * width));
        }
      }
    }
    return sheet;
  }

  private static int colour(DatasetField image, FloatBuffer values, int pixel, int area) {
    int step = image.shape().get(0) == 1 ? 0 : area;
    return level(image, values.get(pixel)) << 16
        | level(image, values.get(step + pixel)) << 8
        | level(image, values.get(2 * step + pixel));
  }

  private static int level(DatasetField image, float value) {
    double fraction = (value - image.low()) / (image.high() - image.low());
    return (int) Math.round(255 * Math.max(0, Math.min(1, fraction)));
  }
}
