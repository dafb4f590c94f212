package org.gantry.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a chart draws its axes, its data and its legend.
 *
 * @param across the horizontal axis
 * @param up the vertical axis
 * @param left the left edge of the data, in pixels
 * @param top the top edge of the data, in pixels
 * @param width of the data, in pixels
 * @param height of the data, in pixels
 * @param slant the angle of the labels below the data, in degrees
 * @param legend the entries of the legend, row by row
 * @param legendTop the top edge of the legend, in pixels
 */
record PlotArea(
    ChartAxis across,
    ChartAxis up,
    double left,
    double top,
    double width,
    double height,
    double slant,
    List<List<LegendEntry>> legend,
    double legendTop) {

  static final double LEGEND_ROW = 16;

  private static final double MIN_LEFT = 48;
  private static final double MIN_RIGHT = 16;
  private static final double TOP = 28;
  private static final double BOTTOM = 28;
  private static final double EDGE = 4;
  private static final double MIN_GAP = 8;
  private static final double SLANT = 30;
  private static final double MAX_LABEL = 150;

  /** Divides a chart of a size in pixels, so that all labels fit. */
  static PlotArea of(
      ChartAxis across, ChartAxis up, List<LegendEntry> legend, int width, int height) {
    double right = MIN_RIGHT;
    double left = MIN_LEFT;
    for (AxisTick tick : up.ticks()) {
      left = Math.max(left, EDGE + 6 + width(tick));
    }
    double inner = width - left - right;
    double longest = across.ticks().stream().mapToDouble(PlotArea::width).max().orElse(0);
    double slant = overlap(across, inner) ? SLANT : 0;
    for (AxisTick tick : across.ticks()) {
      double place = across.fraction(tick.value());
      double before = slant > 0 ? width(tick) * Math.cos(Math.toRadians(SLANT)) : width(tick) / 2;
      double after = slant > 0 ? 0 : width(tick) / 2;
      left = Math.max(left, (EDGE + before - (width - right) * place) / Math.max(0.1, 1 - place));
      right = Math.max(right, (EDGE + after - (width - left) * (1 - place)) / Math.max(0.1, place));
    }
    List<List<LegendEntry>> rows = rows(legend, width - 2 * EDGE);
    double below = BOTTOM + longest * Math.sin(Math.toRadians(slant));
    double legendHeight = rows.isEmpty() ? 0 : rows.size() * LEGEND_ROW + EDGE;
    double plot = Math.max(10, height - TOP - below - legendHeight);
    return new PlotArea(
        across, up, left, TOP, width - left - right, plot, slant, rows, TOP + plot + below);
  }

  private static boolean overlap(ChartAxis axis, double length) {
    List<AxisTick> ticks = axis.ticks();
    for (int i = 1; i < ticks.size(); i++) {
      AxisTick before = ticks.get(i - 1);
      AxisTick tick = ticks.get(i);
      double distance = length * (axis.fraction(tick.value()) - axis.fraction(before.value()));
      if ((width(before) + width(tick)) / 2 + MIN_GAP > distance) {
        return true;
      }
    }
    return false;
  }

  /** Returns a label, truncated if it would take too much room. */
  static String label(AxisTick tick) {
    return TextWidth.truncate(tick.label(), Canvas.FONT_SIZE, false, MAX_LABEL);
  }

  private static double width(AxisTick tick) {
    return TextWidth.of(label(tick), Canvas.FONT_SIZE, false);
  }

  private static List<List<LegendEntry>> rows(List<LegendEntry> legend, double width) {
    List<List<LegendEntry>> rows = new ArrayList<>();
    double room = 0;
    for (LegendEntry entry : legend) {
      LegendEntry shown = entry.truncated(width);
      if (rows.isEmpty() || shown.width() > room) {
        rows.add(new ArrayList<>());
        room = width;
      }
      rows.get(rows.size() - 1).add(shown);
      room -= shown.width();
    }
    return rows;
  }

  /** Returns the pixel of a point. */
  ChartPoint pixel(double x, double y) {
    return new ChartPoint(x(x), y(y));
  }

  /** Returns the horizontal pixel of a value. */
  double x(double value) {
    return left + width * across.fraction(value);
  }

  /** Returns the vertical pixel of a value. */
  double y(double value) {
    return top + height * (1 - up.fraction(value));
  }
}
