package org.gantry.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws to an image with a white background. */
final class ImageCanvas implements Canvas {

  private final BufferedImage image;
  private final Graphics2D graphics;

  ImageCanvas(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }

  /** Returns the finished image. */
  BufferedImage finish() {
    graphics.dispose();
    return image;
  }

  /** Draws an image, scaled to a size in pixels. */
  void image(BufferedImage picture, int x, int y, int width, int height) {
    BufferedImage source = picture;
    // Interpolation reads a few neighbours only, so thin lines would vanish from a small image.
    while (source.getWidth() >= 2 * width && source.getHeight() >= 2 * height) {
      BufferedImage half =
          new BufferedImage(
              source.getWidth() / 2, source.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
      Graphics2D scaling = half.createGraphics();
      scaling.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      scaling.drawImage(source, 0, 0, half.getWidth(), half.getHeight(), null);
      scaling.dispose();
      source = half;
    }
    graphics.drawImage(source, x, y, width, height, null);
  }

  @Override
  public void clip(double left, double top, double width, double height) {
    graphics.setClip(new Rectangle2D.Double(left, top, width, height));
  }

  @Override
  public void lines(List<ChartPoint> points, SeriesStyle style, double width) {
    float[] dashes = style.dashed() ? new float[] {5, 3} : null;
    graphics.setColor(awt(style.colour()));
    graphics.setStroke(
        new BasicStroke(
            (float) width, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER, 10, dashes, 0));
    Path2D path = path(points);
    if (points.size() > 2 && points.get(0).equals(points.get(points.size() - 1))) {
      path.closePath();
    }
    graphics.draw(path);
  }

  @Override
  public void polygon(List<ChartPoint> corners, ChartColour colour) {
    graphics.setColor(awt(colour));
    graphics.fill(path(corners));
  }

  @Override
  public void circle(double x, double y, double diameter, ChartColour colour, boolean filled) {
    Ellipse2D circle = new Ellipse2D.Double(x - diameter / 2, y - diameter / 2, diameter, diameter);
    graphics.setColor(awt(colour));
    graphics.setStroke(new BasicStroke(1.5f));
    if (filled) {
      graphics.fill(circle);
    } else {
      graphics.draw(circle);
    }
  }

  @Override
  public void text(String text, double x, double y, double anchor, double degrees) {
    text(text, x, y, anchor, degrees, Font.PLAIN);
  }

  /** Draws bold text that begins at x. */
  void heading(String text, double x, double y) {
    text(text, x, y, 0, 0, Font.BOLD);
  }

  private void text(String text, double x, double y, double anchor, double degrees, int font) {
    graphics.setColor(awt(ChartColour.INK));
    graphics.rotate(-Math.toRadians(degrees), x, y);
    try {
      graphics.setFont(new Font(Font.SANS_SERIF, font, (int) FONT_SIZE));
      double length = graphics.getFontMetrics().stringWidth(text);
      graphics.drawString(text, (float) (x - length * anchor), (float) y);
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Java on a machine without fonts throws one of these. Without its labels the image is still
      // useful, so the training goes on.
      return;
    } finally {
      graphics.rotate(Math.toRadians(degrees), x, y);
    }
  }

  private static Path2D path(List<ChartPoint> points) {
    Path2D path = new Path2D.Double();
    for (ChartPoint point : points) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(point.x(), point.y());
      } else {
        path.lineTo(point.x(), point.y());
      }
    }
    return path;
  }

  private static Color awt(ChartColour colour) {
    int alpha = (int) Math.round(255 * colour.opacity());
    return new Color(
        colour.rgb() >> 16 & 0xFF, colour.rgb() >> 8 & 0xFF, colour.rgb() & 0xFF, alpha);
  }
}
