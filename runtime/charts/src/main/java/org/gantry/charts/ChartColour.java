package org.gantry.charts;

/**
 * A colour with an opacity.
 *
 * @param rgb red, green and blue, eight bits each
 * @param opacity from 0, invisible, to 1
 */
public record ChartColour(int rgb, double opacity) {

  /** Text and axes. In SVG this is the text colour of the surrounding page. */
  public static final ChartColour INK = new ChartColour(0x333333, 1);

  /** Grid lines. In SVG they are a faint text colour. */
  static final ChartColour GRID = new ChartColour(0xE6E6E6, 1);

  /** Returns the same colour with another opacity. */
  public ChartColour withOpacity(double opacity) {
    return new ChartColour(rgb, opacity);
  }
}
