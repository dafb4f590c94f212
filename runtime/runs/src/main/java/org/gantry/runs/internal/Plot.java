package org.gantry.runs.internal;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** A square of paper with two axes, on which dots, rings and bars can be put by their values. */
final class Plot {

  private static final int SIDE = 480;
  private static final int LEFT = 48;
  private static final int TOP = 28;
  private static final int INNER = SIDE - LEFT - 16;
  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE6E6E6);

  private final BufferedImage image =
      new BufferedImage(SIDE, TOP + INNER + 28, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D graphics = image.createGraphics();
  private final Range across;
  private final Range up;

  /** Draws paper, axes, round numbers along them, and a title. */
  Plot(Range across, Range up, String title) {
    this.across = across;
    this.up = up;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, image.getWidth(), image.getHeight()));
    for (double tick : across.ticks()) {
      graphics.setColor(GRID);
      graphics.draw(new Line2D.Double(x(tick), TOP, x(tick), TOP + INNER));
      text(number(tick), x(tick), TOP + INNER + 16, 0.5);
    }
    for (double tick : up.ticks()) {
      graphics.setColor(GRID);
      graphics.draw(new Line2D.Double(LEFT, y(tick), LEFT + INNER, y(tick)));
      text(number(tick), LEFT - 6, y(tick) + 4, 1);
    }
    graphics.setColor(INK);
    graphics.draw(new Rectangle2D.Double(LEFT, TOP, INNER, INNER));
    text(title, LEFT, TOP - 10, 0);
    graphics.setClip(new Rectangle2D.Double(LEFT, TOP, INNER, INNER));
  }

  /** Puts a dot of a diameter in pixels. */
  void dot(double x, double y, double diameter, Color colour) {
    graphics.setColor(colour);
    graphics.fill(around(x(x), y(y), diameter));
  }

  /** Puts a ring whose radius is a length on the horizontal axis, but at least 3 pixels. */
  void ring(double x, double y, double radius, Color colour) {
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(around(x(x), y(y), Math.max(6, 2 * (x(x + radius) - x(x)))));
  }

  /** Puts a bar that stands on the lower axis. */
  void bar(Range from, double height, Color colour) {
    graphics.setColor(colour);
    double top = y(height);
    double left = x(from.low());
    graphics.fill(new Rectangle2D.Double(left, top, x(from.high()) - left, TOP + INNER - top));
  }

  /** Ends the drawing. */
  BufferedImage finish() {
    graphics.dispose();
    return image;
  }

  private double x(double value) {
    return LEFT + INNER * across.share(value);
  }

  private double y(double value) {
    return TOP + INNER * (1 - up.share(value));
  }

  private static Ellipse2D around(double x, double y, double diameter) {
    return new Ellipse2D.Double(x - diameter / 2, y - diameter / 2, diameter, diameter);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4g", value);
    return text.contains("e")
        ? text
        : text.replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
  }

  private void text(String text, double x, double baseline, double shareToTheLeft) {
    graphics.setColor(INK);
    try {
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      double width = graphics.getFontMetrics().stringWidth(text);
      graphics.drawString(text, (float) (x - width * shareToTheLeft), (float) baseline);
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Java on a machine without any font throws one of these. A picture without its labels is
      // better than a training that ends over them.
      return;
    }
  }
}
