package org.gantry.charts;

/**
 * A line with a label in a legend.
 *
 * @param label the name of the series
 * @param style how the chart draws the series
 */
record LegendEntry(String label, SeriesStyle style) {

  /** The length of the line, in pixels. */
  static final double LINE = 18;

  /** The distance from the line to the label, in pixels. */
  static final double GAP = 5;

  private static final double AFTER = 14;

  /** Returns the width of the entry and the space after it, in pixels. */
  double width() {
    return LINE + GAP + TextWidth.of(label, Canvas.FONT_SIZE, false) + AFTER;
  }

  /** Returns the entry with a label that is short enough for a width in pixels. */
  LegendEntry truncated(double width) {
    return new LegendEntry(
        TextWidth.truncate(label, Canvas.FONT_SIZE, false, width - LINE - GAP - AFTER), style);
  }
}
