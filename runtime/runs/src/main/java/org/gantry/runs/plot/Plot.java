package org.gantry.runs.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paper with two axes, on which dots, rings, bars, lines and bands can be put by their values. */
public final class Plot {

  private static final int SIDE = 480;
  private static final int LEFT = 48;
  private static final int RIGHT = 16;
  private static final int TOP = 28;
  private static final int BOTTOM = 28;

  /** How wide a letter is, about. */
  private static final double LETTER = 7;

  /** The angle of words below a plot that would run into one another. */
  private static final double SLANT = Math.PI / 6;

  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE6E6E6);

  private final BufferedImage image;
  private final Graphics2D graphics;
  private final Axis across;
  private final Axis up;
  private final int width;
  private final int height;

  /** A square plot with linear axes. */
  public Plot(Range across, Range up, String title) {
    this(SIDE, SIDE - LEFT - RIGHT + TOP + BOTTOM, Axis.linear(across), Axis.linear(up), title);
  }

  /**
   * Draws paper, axes, what is written along them, and a title.
   *
   * @param width of the paper in pixels, at least 100
   * @param height of the paper in pixels, at least 100
   */
  public Plot(int width, int height, Axis across, Axis up, String title) {
    this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    this.across = across;
    this.up = up;
    this.width = width - LEFT - RIGHT;
    int longest = across.ticks().stream().mapToInt(t -> t.label().length()).max().orElse(0);
    boolean slanted = longest * LETTER * across.ticks().size() > this.width;
    int below = slanted ? (int) (longest * LETTER * Math.sin(SLANT)) : 0;
    this.height = height - TOP - BOTTOM - below;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, image.getWidth(), image.getHeight()));
    for (Axis.Tick tick : across.ticks()) {
      double x = x(tick.value());
      graphics.setColor(GRID);
      graphics.draw(new Line2D.Double(x, TOP, x, TOP + this.height));
      double slant = slanted ? SLANT : 0;
      graphics.rotate(-slant, x, TOP + this.height + 16);
      text(tick.label(), x, TOP + this.height + 16, slanted ? 1 : 0.5, INK);
      graphics.rotate(slant, x, TOP + this.height + 16);
    }
    for (Axis.Tick tick : up.ticks()) {
      double y = y(tick.value());
      graphics.setColor(GRID);
      graphics.draw(new Line2D.Double(LEFT, y, LEFT + this.width, y));
      text(tick.label(), LEFT - 6, y + 4, 1, INK);
    }
    graphics.setColor(INK);
    graphics.draw(new Rectangle2D.Double(LEFT, TOP, this.width, this.height));
    text(title, LEFT, TOP - 10, 0, INK);
    graphics.setClip(new Rectangle2D.Double(LEFT, TOP, this.width, this.height));
  }

  /** Puts a word into the upper right corner, below those put there before. */
  public void key(int number, String word, Color colour) {
    text(word, LEFT + width - 6, TOP + 16 + 14 * number, 1, colour);
  }

  /** Puts a line through points (x, y). */
  public void line(List<double[]> points, Color colour) {
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(path(points));
  }

  /** Fills what lies between two lines, from left to right. */
  public void band(List<double[]> lower, List<double[]> upper, Color colour) {
    if (lower.isEmpty()) {
      return;
    }
    Path2D around = path(lower);
    for (int i = upper.size() - 1; i >= 0; i--) {
      around.lineTo(x(upper.get(i)[0]), y(upper.get(i)[1]));
    }
    around.closePath();
    graphics.setColor(colour);
    graphics.fill(around);
  }

  private Path2D path(List<double[]> points) {
    Path2D path = new Path2D.Double();
    for (double[] point : points) {
      Point2D at = new Point2D.Double(x(point[0]), y(point[1]));
      if (path.getCurrentPoint() == null) {
        path.moveTo(at.getX(), at.getY());
      } else {
        path.lineTo(at.getX(), at.getY());
      }
    }
    return path;
  }

  /** Puts a dot of a diameter in pixels. */
  public void dot(double x, double y, double diameter, Color colour) {
    graphics.setColor(colour);
    graphics.fill(around(x(x), y(y), diameter));
  }

  /** Puts a ring whose radius is a length on the horizontal axis, but at least 3 pixels. */
  public void ring(double x, double y, double radius, Color colour) {
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(around(x(x), y(y), Math.max(6, 2 * (x(x + radius) - x(x)))));
  }

  /** Puts a bar that stands on the lower axis. */
  public void bar(Range from, double value, Color colour) {
    graphics.setColor(colour);
    double top = y(value);
    double left = x(from.low());
    graphics.fill(new Rectangle2D.Double(left, top, x(from.high()) - left, TOP + height - top));
  }

  /** Ends the drawing. */
  public BufferedImage finish() {
    graphics.dispose();
    return image;
  }

  private double x(double value) {
    return LEFT + width * across.share(value);
  }

  private double y(double value) {
    return TOP + height * (1 - up.share(value));
  }

  private static Ellipse2D around(double x, double y, double diameter) {
    return new Ellipse2D.Double(x - diameter / 2, y - diameter / 2, diameter, diameter);
  }

  private void text(String text, double x, double baseline, double shareToTheLeft, Color colour) {
    graphics.setColor(colour);
    try {
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      double length = graphics.getFontMetrics().stringWidth(text);
      graphics.drawString(text, (float) (x - length * shareToTheLeft), (float) baseline);
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Java on a machine without any font throws one of these. A picture without its labels is
      // better than a training that ends over them.
      return;
    }
  }
}
