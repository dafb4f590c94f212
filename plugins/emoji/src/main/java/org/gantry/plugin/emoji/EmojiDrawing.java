package org.gantry.plugin.emoji;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One emoji, as a line of the bundled index.
 *
 * @param tile the position of its images in the sprite sheets, counted row by row
 * @param codePoint the hexadecimal code points, joined by hyphens
 * @param twemoji whether Twemoji contains it as well
 * @param caption a short description
 */
record EmojiDrawing(int tile, String codePoint, String group, boolean twemoji, String caption) {

  /** All emoji, in the order of their tiles. */
  static List<EmojiDrawing> readIndex() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                EmojiDrawing.class.getResourceAsStream("index.tsv"), StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(EmojiDrawing::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled index.tsv", e);
    }
  }

  /** The columns are: index, code point, group, subgroup, twemoji, annotation, tags. */
  private static EmojiDrawing parse(String line) {
    String[] columns = line.split("\t", -1);
    return new EmojiDrawing(
        Integer.parseInt(columns[0]), columns[1], columns[2], columns[4].equals("1"), columns[5]);
  }
}
