package org.gantry.charts;

/**
 * How a chart draws one of several series.
 *
 * @param colour of its lines and dots
 * @param dashed whether its lines are dashed
 */
public record SeriesStyle(ChartColour colour, boolean dashed) {

  private static final int[] PALETTE = {
    0x2F74C0, 0xC0392B, 0x2E8B57, 0x8E44AD, 0xB8860B, 0x16868F, 0xC2528B, 0x7F7F7F
  };

  /**
   * Returns the style of a series. After eight series the colours repeat with dashed lines.
   *
   * @param index the number of the series, from 0
   */
  public static SeriesStyle of(int index) {
    return new SeriesStyle(
        new ChartColour(PALETTE[index % PALETTE.length], 1), index / PALETTE.length % 2 == 1);
  }
}
