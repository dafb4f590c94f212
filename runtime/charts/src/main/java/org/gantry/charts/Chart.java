package org.gantry.charts;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A chart with two axes. Shapes are drawn in the order in which they were added, without their
 * parts beyond the axes. The legend stands below the axes, so that it never covers data, and is
 * left out for a single series. SVG and images have the same content at the same places.
 */
public final class Chart {

  private static final double LINE_WIDTH = 1.5;
  private static final double MIN_RING = 6;

  private final String title;
  private final ChartAxis across;
  private final ChartAxis up;
  private final List<BiConsumer<Canvas, PlotArea>> shapes = new ArrayList<>();
  private final List<LegendEntry> legend = new ArrayList<>();

  /**
   * Creates an empty chart.
   *
   * @param title the text above the axes
   * @param across the horizontal axis
   * @param up the vertical axis
   */
  public Chart(String title, ChartAxis across, ChartAxis up) {
    this.title = title;
    this.across = across;
    this.up = up;
  }

  /** Adds connected lines through points. */
  public void addLine(List<ChartPoint> points, SeriesStyle style) {
    shapes.add((canvas, area) -> canvas.lines(pixels(points, area), style, LINE_WIDTH));
  }

  /**
   * Adds a filled area between two lines.
   *
   * @param lower from left to right
   * @param upper from left to right
   */
  public void addBand(List<ChartPoint> lower, List<ChartPoint> upper, ChartColour colour) {
    List<ChartPoint> corners = new ArrayList<>(lower);
    for (int i = upper.size() - 1; i >= 0; i--) {
      corners.add(upper.get(i));
    }
    shapes.add((canvas, area) -> canvas.polygon(pixels(corners, area), colour));
  }

  /** Adds a dot with a diameter in pixels. */
  public void addDot(double x, double y, double diameter, ChartColour colour) {
    shapes.add((canvas, area) -> canvas.circle(area.x(x), area.y(y), diameter, colour, true));
  }

  /**
   * Adds a ring.
   *
   * @param radius a length on the horizontal axis; drawn with at least 3 pixels
   */
  public void addRing(double x, double y, double radius, ChartColour colour) {
    shapes.add(
        (canvas, area) ->
            canvas.circle(
                area.x(x),
                area.y(y),
                Math.max(MIN_RING, 2 * (area.x(x + radius) - area.x(x))),
                colour,
                false));
  }

  /**
   * Adds a bar that stands on the horizontal axis.
   *
   * @param base what it covers of the horizontal axis
   * @param value its height on the vertical axis
   */
  public void addBar(ValueRange base, double value, ChartColour colour) {
    shapes.add(
        (canvas, area) -> {
          double bottom = area.top() + area.height();
          canvas.polygon(
              List.of(
                  new ChartPoint(area.x(base.low()), bottom),
                  area.pixel(base.low(), value),
                  area.pixel(base.high(), value),
                  new ChartPoint(area.x(base.high()), bottom)),
              colour);
        });
  }

  /** Adds a series to the legend. */
  public void addLegend(String label, SeriesStyle style) {
    legend.add(new LegendEntry(label, style));
  }

  /**
   * Draws the chart as an SVG element that fits into any page.
   *
   * @param width in pixels, at least 100
   * @param height in pixels, at least 100
   */
  public String svg(int width, int height) {
    SvgCanvas canvas = new SvgCanvas(width, height, title);
    draw(canvas, width, height);
    return canvas.finish();
  }

  /**
   * Draws the chart as an image. On a machine without fonts the image has no text.
   *
   * @param width in pixels, at least 100
   * @param height in pixels, at least 100
   */
  public BufferedImage image(int width, int height) {
    ImageCanvas canvas = new ImageCanvas(width, height);
    draw(canvas, width, height);
    return canvas.finish();
  }

  private void draw(Canvas canvas, int width, int height) {
    List<LegendEntry> entries = legend.size() > 1 ? legend : List.of();
    PlotArea area = PlotArea.of(across, up, entries, width, height);
    drawAxes(canvas, area);
    String shown = TextWidth.truncate(title, Canvas.FONT_SIZE, false, width - area.left());
    canvas.text(shown, area.left(), area.top() - 10, 0, 0);
    drawLegend(canvas, area);
    canvas.clip(area.left(), area.top(), area.width(), area.height());
    shapes.forEach(shape -> shape.accept(canvas, area));
  }

  private static void drawAxes(Canvas canvas, PlotArea area) {
    double right = area.left() + area.width();
    double bottom = area.top() + area.height();
    SeriesStyle grid = new SeriesStyle(ChartColour.GRID, false);
    for (AxisTick tick : area.across().ticks()) {
      double x = area.x(tick.value());
      canvas.lines(List.of(new ChartPoint(x, area.top()), new ChartPoint(x, bottom)), grid, 1);
      double anchor = area.slant() == 0 ? 0.5 : 1;
      canvas.text(PlotArea.label(tick), x, bottom + 16, anchor, area.slant());
    }
    for (AxisTick tick : area.up().ticks()) {
      double y = area.y(tick.value());
      canvas.lines(List.of(new ChartPoint(area.left(), y), new ChartPoint(right, y)), grid, 1);
      canvas.text(PlotArea.label(tick), area.left() - 6, y + 4, 1, 0);
    }
    ChartPoint corner = new ChartPoint(area.left(), area.top());
    canvas.lines(
        List.of(
            corner,
            new ChartPoint(right, area.top()),
            new ChartPoint(right, bottom),
            new ChartPoint(area.left(), bottom),
            corner),
        new SeriesStyle(ChartColour.INK, false),
        1);
  }

  private static void drawLegend(Canvas canvas, PlotArea area) {
    double y = area.legendTop();
    for (List<LegendEntry> row : area.legend()) {
      double x = 4;
      y += PlotArea.LEGEND_ROW;
      for (LegendEntry entry : row) {
        canvas.lines(
            List.of(new ChartPoint(x, y - 8), new ChartPoint(x + LegendEntry.LINE, y - 8)),
            entry.style(),
            2.5);
        canvas.text(entry.label(), x + LegendEntry.LINE + LegendEntry.GAP, y - 4, 0, 0);
        x += entry.width();
      }
    }
  }

  private static List<ChartPoint> pixels(List<ChartPoint> points, PlotArea area) {
    return points.stream().map(point -> area.pixel(point.x(), point.y())).toList();
  }
}
