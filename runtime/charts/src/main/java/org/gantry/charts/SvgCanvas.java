package org.gantry.charts;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws to SVG without style sheets, scripts or references. */
final class SvgCanvas implements Canvas {

  private static final double GRID_OPACITY = 0.13;

  private final StringBuilder svg = new StringBuilder();
  private String end = "</svg>";

  /**
   * Begins a drawing.
   *
   * @param label what a screen reader says
   */
  SvgCanvas(int width, int height, String label) {
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" font-family=\"%s\" font-size=\"%s\">"
            .formatted(
                width,
                height,
                SvgText.escape(label),
                TextWidth.FONT_FAMILY,
                SvgText.number(FONT_SIZE)));
  }

  /** Returns the finished drawing. */
  String finish() {
    return svg.append(end).toString();
  }

  @Override
  public void clip(double left, double top, double width, double height) {
    String box =
        Stream.of(left, top, width, height).map(SvgText::number).collect(Collectors.joining(" "));
    svg.append(
        "<svg x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" viewBox=\"%s\">"
            .formatted(
                SvgText.number(left),
                SvgText.number(top),
                SvgText.number(width),
                SvgText.number(height),
                box));
    end = "</svg></svg>";
  }

  @Override
  public void lines(List<ChartPoint> points, SeriesStyle style, double width) {
    svg.append(
        "<polyline points=\"%s\" fill=\"none\" stroke-width=\"%s\"%s%s/>"
            .formatted(
                coordinates(points),
                SvgText.number(width),
                style.dashed() ? " stroke-dasharray=\"5 3\"" : "",
                paint("stroke", style.colour())));
  }

  @Override
  public void polygon(List<ChartPoint> corners, ChartColour colour) {
    svg.append("<polygon points=\"%s\"%s/>".formatted(coordinates(corners), paint("fill", colour)));
  }

  @Override
  public void circle(double x, double y, double diameter, ChartColour colour, boolean filled) {
    svg.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\"%s/>"
            .formatted(
                SvgText.number(x),
                SvgText.number(y),
                SvgText.number(diameter / 2),
                filled
                    ? paint("fill", colour)
                    : " fill=\"none\" stroke-width=\"1.5\"" + paint("stroke", colour)));
  }

  @Override
  public void text(String text, double x, double y, double anchor, double degrees) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s%s>%s</text>"
            .formatted(
                SvgText.number(x),
                SvgText.number(y),
                anchor == 0 ? "start" : anchor == 1 ? "end" : "middle",
                degrees == 0
                    ? ""
                    : " transform=\"rotate(%s %s %s)\""
                        .formatted(SvgText.number(-degrees), SvgText.number(x), SvgText.number(y)),
                paint("fill", ChartColour.INK),
                SvgText.escape(text)));
  }

  private static String coordinates(List<ChartPoint> points) {
    return points.stream()
        .map(point -> SvgText.number(point.x()) + "," + SvgText.number(point.y()))
        .collect(Collectors.joining(" "));
  }

  private static String paint(String attribute, ChartColour colour) {
    boolean grid = colour.equals(ChartColour.GRID);
    boolean text = grid || colour.rgb() == ChartColour.INK.rgb();
    double opacity = grid ? GRID_OPACITY : colour.opacity();
    return " %s=\"%s\"%s"
        .formatted(
            attribute,
            text ? "currentColor" : "#%06x".formatted(colour.rgb()),
            opacity == 1 ? "" : " %s-opacity=\"%.2f\"".formatted(attribute, opacity));
  }
}
