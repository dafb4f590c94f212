package org.gantry.charts;

import java.util.List;

/** Draws shapes and text. Coordinates are pixels from the left top corner. */
interface Canvas {

  /** The font size of all text. */
  double FONT_SIZE = 12;

  /** Cuts off what is drawn later outside of a rectangle. Called at most once. */
  void clip(double left, double top, double width, double height);

  /** Draws connected lines; the same first and last point make a closed shape. */
  void lines(List<ChartPoint> points, SeriesStyle style, double width);

  /** Fills a polygon. */
  void polygon(List<ChartPoint> corners, ChartColour colour);

  /** Fills a circle, or draws its outline. */
  void circle(double x, double y, double diameter, ChartColour colour, boolean filled);

  /**
   * Draws text in {@link ChartColour#INK}.
   *
   * @param x the anchor, on the baseline
   * @param anchor which part of the text lies at x: 0 its start, 0.5 its middle, 1 its end
   * @param degrees how far the text rises, counter-clockwise around the anchor
   */
  void text(String text, double x, double y, double anchor, double degrees);
}
