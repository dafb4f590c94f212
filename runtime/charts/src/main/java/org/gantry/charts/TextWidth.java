package org.gantry.charts;

/**
 * Estimates the width of text without loading a font. The widths are those of DejaVu Sans. The
 * other typefaces that a drawing asks for are narrower, so text fits wherever the drawing is shown.
 */
public final class TextWidth {

  /** The typefaces that a drawing asks for, the widest first. */
  public static final String FONT_FAMILY = "'DejaVu Sans', Verdana, Helvetica, Arial, sans-serif";

  /** In thousandths of the font size, from the space to the tilde. */
  private static final int[] WIDTHS = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, // space to /
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, // 0 to ?
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, // @ to O
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, // P to _
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, // ` to o
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838, // p to ~
  };

  private static final int OTHER = 1000;
  private static final double BOLD = 1.2;

  private TextWidth() {}

  /** Returns the width of a text, in the unit of the font size. */
  public static double of(String text, double size, boolean bold) {
    int thousandths = text.codePoints().map(TextWidth::thousandths).sum();
    return thousandths / 1000.0 * size * (bold ? BOLD : 1);
  }

  private static int thousandths(int character) {
    if (character == '×') {
      return 838;
    }
    int index = character - ' ';
    return index >= 0 && index < WIDTHS.length ? WIDTHS[index] : OTHER;
  }

  /**
   * Returns the text, or as much of its beginning as fits followed by an ellipsis.
   *
   * @param maxWidth the available width, in the unit of the font size
   */
  public static String truncate(String text, double size, boolean bold, double maxWidth) {
    if (of(text, size, bold) <= maxWidth) {
      return text;
    }
    int end = text.length();
    while (end > 0 && of(text.substring(0, end) + "…", size, bold) > maxWidth) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }
}
