package org.gantry.runs.internal;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.MetricCurve.CurvePoint;
import org.gantry.runs.plot.Range;

/**
 * Curves over steps as SVG, in the colours that the page gives to the classes {@code c0}, {@code
 * c1} and so on.
 */
public final class CurveChart {

  /** As many as there are colours; curves beyond begin again with the first. */
  public static final int COLOURS = 8;

  private static final int WIDTH = 460;
  private static final int HEIGHT = 200;
  private static final int LEFT = 62;
  private static final int RIGHT = 18;
  private static final int TOP = 10;
  private static final int BOTTOM = 26;
  private static final int MOST_POINTS = 400;

  private CurveChart() {}

  /**
   * Draws.
   *
   * @param title read out in place of the picture
   * @param curves one for each run, in the order of their colours; may be empty
   */
  public static String svg(String title, List<MetricCurve> curves) {
    List<MetricCurve> thinned =
        curves.stream().map(curve -> curve.downsampled(MOST_POINTS)).toList();
    Range across =
        range(thinned.stream().flatMap(c -> c.points().stream()).map(CurvePoint::step).toList());
    Range up =
        range(thinned.stream().flatMap(c -> c.points().stream()).map(CurvePoint::value).toList())
            .widened(0.05);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, Html.escaped(title)));
    for (double tick : up.ticks()) {
      double y = y(up, tick);
      svg.append(line(LEFT, y, WIDTH - RIGHT, y)).append(text(LEFT - 6, y + 4, "end", tick));
    }
    for (double tick : across.ticks()) {
      double x = x(across, tick);
      svg.append(line(x, TOP, x, HEIGHT - BOTTOM)).append(text(x, HEIGHT - 8, "middle", tick));
    }
    for (int i = 0; i < thinned.size(); i++) {
      for (List<CurvePoint> piece : pieces(thinned.get(i))) {
        svg.append("<polyline class=\"c%d\" points=\"".formatted(i % COLOURS));
        for (CurvePoint point : piece) {
          svg.append(number(x(across, point.step()))).append(',');
          svg.append(number(y(up, point.value()))).append(' ');
        }
        svg.append("\"/>");
      }
    }
    return svg.append("</svg>").toString();
  }

  /** The stretches between values that are none. */
  private static List<List<CurvePoint>> pieces(MetricCurve curve) {
    List<List<CurvePoint>> pieces = new ArrayList<>();
    List<CurvePoint> piece = new ArrayList<>();
    for (CurvePoint point : curve.points()) {
      if (Double.isFinite(point.value())) {
        piece.add(point);
      } else if (!piece.isEmpty()) {
        pieces.add(piece);
        piece = new ArrayList<>();
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    return pieces;
  }

  private static Range range(List<Double> values) {
    DoubleSummaryStatistics finite =
        values.stream().mapToDouble(v -> v).filter(Double::isFinite).summaryStatistics();
    if (finite.getCount() == 0) {
      return new Range(0, 1);
    }
    double spread = finite.getMax() - finite.getMin();
    // A spread that the numbers themselves hardly resolve is no axis.
    double least =
        1e-6 * Math.max(1e-6, Math.max(Math.abs(finite.getMin()), Math.abs(finite.getMax())));
    return spread > least && Double.isFinite(spread)
        ? new Range(finite.getMin(), finite.getMax())
        : new Range(finite.getMin() - Math.max(least, 0.5), finite.getMin() + Math.max(least, 0.5));
  }

  private static double x(Range across, double step) {
    return LEFT + across.share(step) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(Range up, double value) {
    return HEIGHT - BOTTOM - up.share(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String line(double x1, double y1, double x2, double y2) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
        .formatted(number(x1), number(y1), number(x2), number(y2));
  }

  private static String text(double x, double y, String anchor, double value) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(number(x), number(y), anchor, Html.number(value));
  }

  private static String number(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
