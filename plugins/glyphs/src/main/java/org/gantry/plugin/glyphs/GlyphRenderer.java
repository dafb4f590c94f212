package org.gantry.plugin.glyphs;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Draws glyphs in black on white squares. All fonts have the same baseline. Each font is as large
 * as its tallest and its widest glyph allow. Each glyph is centred between left and right.
 *
 * @param size the side of an image in pixels
 * @param margin the least distance of a glyph from the border in pixels
 * @param baseline the row of the baseline, from the top
 */
record GlyphRenderer(int size, double margin, double baseline) {

  private static final int MARGINS = 16;

  /** How far a line may be from the curve that it stands for, in em. */
  private static final double FLATNESS = 1e-4;

  /** Returns the renderer for fonts, whose outlines have the baseline at y = 0. */
  static GlyphRenderer of(int size, List<Map<Integer, Path2D>> fonts) {
    double margin = size / (double) MARGINS;
    double below = 0;
    for (Map<Integer, Path2D> font : fonts) {
      Rectangle2D bounds = bounds(font.values());
      below = Math.max(below, -bounds.getMinY() / height(bounds));
    }
    return new GlyphRenderer(size, margin, margin + (size - 2 * margin) / (1 + below));
  }

  private static Rectangle2D bounds(Collection<Path2D> glyphs) {
    Rectangle2D all = new Rectangle2D.Double();
    glyphs.forEach(glyph -> Rectangle2D.union(all, bounds(glyph), all));
    return all;
  }

  /**
   * The smallest rectangle around a glyph. That of {@link Path2D#getBounds2D} also contains the
   * control points of curves in older versions of Java.
   */
  static Rectangle2D bounds(Path2D glyph) {
    Rectangle2D bounds = null;
    double[] point = new double[6];
    for (PathIterator lines = glyph.getPathIterator(null, FLATNESS);
        !lines.isDone();
        lines.next()) {
      if (lines.currentSegment(point) != PathIterator.SEG_CLOSE) {
        if (bounds == null) {
          bounds = new Rectangle2D.Double(point[0], point[1], 0, 0);
        }
        bounds.add(point[0], point[1]);
      }
    }
    return bounds == null ? new Rectangle2D.Double() : bounds;
  }

  /** The height above the baseline; some characters have little. */
  private static double height(Rectangle2D bounds) {
    return Math.max(bounds.getMaxY(), bounds.getHeight() / MARGINS);
  }

  /** Returns how many pixels one em of a font has. */
  double scale(Map<Integer, Path2D> font) {
    double widest =
        font.values().stream().mapToDouble(glyph -> bounds(glyph).getWidth()).max().orElse(1);
    return Math.min(
        (baseline - margin) / height(bounds(font.values())), (size - 2 * margin) / widest);
  }

  /**
   * Draws a glyph.
   *
   * @param scale how many pixels one em has
   * @return unsigned bytes by rows, 0 for black
   */
  byte[] draw(Path2D glyph, double scale) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, size, size);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.BLACK);
    double centre = bounds(glyph).getCenterX();
    AffineTransform place = AffineTransform.getTranslateInstance(size / 2.0, baseline);
    place.scale(scale, -scale);
    place.translate(-centre, 0);
    graphics.fill(place.createTransformedShape(glyph));
    graphics.dispose();
    byte[] values = new byte[size * size];
    int[] pixels = image.getRGB(0, 0, size, size, null, 0, size);
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) pixels[i];
    }
    return values;
  }
}
