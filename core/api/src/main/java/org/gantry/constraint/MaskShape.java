package org.gantry.constraint;

import java.nio.file.Path;
import java.util.List;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;

/**
 * One shape of a mask, as an option of a constraint. Just one of rectangle, circle, stroke and
 * picture is set. Numbers are pixels of the picture that the user sees; (0, 0) is its upper left
 * corner.
 *
 * @param rectangle left, top, width and height
 * @param circle the column and the row of the middle, and the radius
 * @param stroke the columns and rows of the points of a line, in turn
 * @param thickness the width of the line
 * @param picture a file whose brightness is the weight of each pixel
 */
public record MaskShape(
    @Description("left, top, width and height") @DefaultValue("[]") List<Double> rectangle,
    @Description("column and row of the middle, and the radius") @DefaultValue("[]")
        List<Double> circle,
    @Description("column and row of each point of a line") @DefaultValue("[]") List<Double> stroke,
    @Description("the width of the line") @DefaultValue("2") double thickness,
    @Description("a picture file that is white where the mask is") @DefaultValue("") Path picture) {

  /** Checks that there is one shape, with as many numbers as it needs. */
  public MaskShape {
    rectangle = List.copyOf(rectangle);
    circle = List.copyOf(circle);
    stroke = List.copyOf(stroke);
    int shapes =
        (rectangle.isEmpty() ? 0 : 1)
            + (circle.isEmpty() ? 0 : 1)
            + (stroke.isEmpty() ? 0 : 1)
            + (picture.toString().isEmpty() ? 0 : 1);
    if (shapes != 1) {
      throw new UnusableComponentException(
          "a shape is either a rectangle, a circle, a stroke or a picture, and %d are set"
              .formatted(shapes));
    }
    if (!rectangle.isEmpty()
        && (rectangle.size() != 4 || !(rectangle.get(2) > 0 && rectangle.get(3) > 0))) {
      throw new UnusableComponentException(
          "a rectangle is [left, top, width, height] with a width and height above 0, not "
              + rectangle);
    }
    if (!circle.isEmpty() && (circle.size() != 3 || !(circle.get(2) > 0))) {
      throw new UnusableComponentException(
          "a circle is [column, row, radius] with a radius above 0, not " + circle);
    }
    if (!stroke.isEmpty() && (stroke.size() % 2 != 0 || !(thickness > 0))) {
      throw new UnusableComponentException(
          "a stroke is [column, row, column, row, ...] with a thickness above 0, not %s with %s"
              .formatted(stroke, thickness));
    }
  }

  /** Creates a rectangle. */
  public static MaskShape rectangle(double left, double top, double width, double height) {
    return new MaskShape(List.of(left, top, width, height), List.of(), List.of(), 2, Path.of(""));
  }

  /** Creates a circle. */
  public static MaskShape circle(double column, double row, double radius) {
    return new MaskShape(List.of(), List.of(column, row, radius), List.of(), 2, Path.of(""));
  }

  /** Creates a line through points. */
  public static MaskShape stroke(double thickness, Double... columnsAndRows) {
    return new MaskShape(List.of(), List.of(), List.of(columnsAndRows), thickness, Path.of(""));
  }

  /** Creates the shape of a picture file. */
  public static MaskShape picture(Path file) {
    return new MaskShape(List.of(), List.of(), List.of(), 2, file);
  }

  /** Whether the shape is a picture file. */
  public boolean isPicture() {
    return !picture.toString().isEmpty();
  }

  /** Whether a point lies in the shape; false for a picture file. */
  boolean contains(double column, double row) {
    if (!rectangle.isEmpty()) {
      return column >= rectangle.get(0)
          && column < rectangle.get(0) + rectangle.get(2)
          && row >= rectangle.get(1)
          && row < rectangle.get(1) + rectangle.get(3);
    }
    if (!circle.isEmpty()) {
      return Math.hypot(column - circle.get(0), row - circle.get(1)) <= circle.get(2);
    }
    if (stroke.isEmpty()) {
      return false;
    }
    double nearest = Math.hypot(column - stroke.get(0), row - stroke.get(1));
    for (int i = 2; i < stroke.size(); i += 2) {
      nearest =
          Math.min(
              nearest,
              distance(
                  column - stroke.get(i - 2),
                  row - stroke.get(i - 1),
                  stroke.get(i) - stroke.get(i - 2),
                  stroke.get(i + 1) - stroke.get(i - 1)));
    }
    return nearest <= thickness / 2;
  }

  /** The distance of a point from the line between the origin and an end. */
  private static double distance(double x, double y, double endX, double endY) {
    double square = endX * endX + endY * endY;
    double along = square == 0 ? 0 : Math.max(0, Math.min(1, (x * endX + y * endY) / square));
    return Math.hypot(x - along * endX, y - along * endY);
  }

  /** Describes the shape in a message, such as {@code the circle [3.0, 4.0, 1.0]}. */
  @Override
  public String toString() {
    if (isPicture()) {
      return "the picture " + picture;
    }
    return !rectangle.isEmpty()
        ? "the rectangle " + rectangle
        : !circle.isEmpty() ? "the circle " + circle : "the stroke " + stroke;
  }
}
