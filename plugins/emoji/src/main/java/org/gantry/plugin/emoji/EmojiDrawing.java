package org.gantry.plugin.emoji;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gantry.data.BundledFile;

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
    return new BundledFile(EmojiDrawing.class, "index.tsv")
        .read(
            stream ->
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .skip(1)
                    .map(EmojiDrawing::parse)
                    .toList());
  }

  /** The columns are: index, code point, group, subgroup, twemoji, annotation, tags. */
  private static EmojiDrawing parse(String line) {
    String[] columns = line.split("\t", -1);
    return new EmojiDrawing(
        Integer.parseInt(columns[0]), columns[1], columns[2], columns[4].equals("1"), columns[5]);
  }
}
