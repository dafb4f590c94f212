package org.gantry.plugin.emoji;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One line of the bundle's index.
 *
 * @param tile where its pictures lie in the sheets, counted row by row
 * @param codePoint in hexadecimal; several are joined by hyphens
 * @param twemoji whether the second artist drew it too
 * @param caption a few words
 */
record EmojiDrawing(int tile, String codePoint, String group, boolean twemoji, String caption) {

  /** All drawings, in the order of their tiles. */
  static List<EmojiDrawing> readIndex() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                EmojiDrawing.class.getResourceAsStream("index.tsv"), StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(EmojiDrawing::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the bundle's own index.tsv", e);
    }
  }

  /** Columns: index, code point, group, subgroup, twemoji, annotation, tags. */
  private static EmojiDrawing parse(String line) {
    String[] columns = line.split("\t", -1);
    return new EmojiDrawing(
        Integer.parseInt(columns[0]), columns[1], columns[2], columns[4].equals("1"), columns[5]);
  }
}
