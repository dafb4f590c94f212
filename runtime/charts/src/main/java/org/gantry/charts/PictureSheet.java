package org.gantry.charts;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A sheet with pictures side by side, each below its label, and charts below the pictures. */
public final class PictureSheet {

  private static final int SIDE = 230;
  private static final int HEADING = 20;
  private static final int COLUMNS = 4;
  private static final int CHART_WIDTH = COLUMNS * SIDE / 2;
  private static final int CHART_HEIGHT = 300;

  private record LabelledPicture(String label, BufferedImage picture) {}

  private final List<LabelledPicture> pictures = new ArrayList<>();
  private final List<Chart> charts = new ArrayList<>();

  /** Adds a picture of any size. */
  public void add(String label, BufferedImage picture) {
    pictures.add(new LabelledPicture(label, picture));
  }

  /** Adds a chart. */
  public void add(Chart chart) {
    charts.add(chart);
  }

  /** Returns whether nothing was added. */
  public boolean isEmpty() {
    return pictures.isEmpty() && charts.isEmpty();
  }

  /**
   * Draws the sheet.
   *
   * @throws IllegalStateException if the sheet is empty
   */
  public BufferedImage image() {
    if (isEmpty()) {
      throw new IllegalStateException("the sheet is empty");
    }
    int chartsTop = (pictures.size() + COLUMNS - 1) / COLUMNS * (SIDE + HEADING);
    ImageCanvas canvas =
        new ImageCanvas(
            Math.max(
                Math.min(COLUMNS, pictures.size()) * SIDE,
                Math.min(2, charts.size()) * CHART_WIDTH),
            chartsTop + (charts.size() + 1) / 2 * CHART_HEIGHT);
    for (int i = 0; i < pictures.size(); i++) {
      BufferedImage picture = pictures.get(i).picture();
      int x = i % COLUMNS * SIDE;
      int y = i / COLUMNS * (SIDE + HEADING);
      double scale = SIDE / (double) Math.max(picture.getWidth(), picture.getHeight());
      canvas.image(
          picture,
          x,
          y + HEADING,
          (int) (picture.getWidth() * scale),
          (int) (picture.getHeight() * scale));
      String label = TextWidth.truncate(pictures.get(i).label(), Canvas.FONT_SIZE, true, SIDE - 12);
      canvas.heading(label, x + 8, y + 15);
    }
    for (int i = 0; i < charts.size(); i++) {
      canvas.image(
          charts.get(i).image(CHART_WIDTH, CHART_HEIGHT),
          i % 2 * CHART_WIDTH,
          chartsTop + i / 2 * CHART_HEIGHT,
          CHART_WIDTH,
          CHART_HEIGHT);
    }
    return canvas.finish();
  }
}
