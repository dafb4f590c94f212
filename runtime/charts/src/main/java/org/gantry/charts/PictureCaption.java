package org.gantry.charts;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Words below a picture, in as many lines as the width of the picture needs. */
public final class PictureCaption {

  private static final int MARGIN = 4;
  private static final int LINE_HEIGHT = 14;

  private PictureCaption() {}

  /**
   * Draws the words alone, on white.
   *
   * @param words not empty
   * @param width in pixels; a word that is wider is cut
   */
  public static BufferedImage draw(String words, int width) {
    List<String> lines = wrap(words, width - 2 * MARGIN);
    ImageCanvas canvas = new ImageCanvas(width, lines.size() * LINE_HEIGHT + MARGIN);
    for (int i = 0; i < lines.size(); i++) {
      canvas.text(lines.get(i), MARGIN, (i + 1) * LINE_HEIGHT - 2, 0, 0);
    }
    return canvas.finish();
  }

  /** Returns a picture with words below it; the picture itself if there are no words. */
  public static BufferedImage below(BufferedImage picture, String words) {
    if (words.isEmpty()) {
      return picture;
    }
    BufferedImage caption = draw(words, picture.getWidth());
    BufferedImage both =
        new BufferedImage(
            picture.getWidth(),
            picture.getHeight() + caption.getHeight(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = both.createGraphics();
    graphics.drawImage(picture, 0, 0, null);
    graphics.drawImage(caption, 0, picture.getHeight(), null);
    graphics.dispose();
    return both;
  }

  private static List<String> wrap(String words, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : words.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && TextWidth.of(longer, Canvas.FONT_SIZE, false) > width) {
        lines.add(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.add(line);
    return lines;
  }
}
