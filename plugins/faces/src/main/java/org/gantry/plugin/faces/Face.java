package org.gantry.plugin.faces;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.gantry.data.BundledFile;

/**
 * One face, as a line of the bundled index.
 *
 * @param tile the position of its images in the sheets, counted row by row
 * @param values the value of each attribute, as in the index
 * @param caption states all attributes, such as {@code long red hair, brown skin, smiling, in
 *     green}
 */
record Face(int tile, Map<FaceAttribute, String> values, String caption) {

  /** All faces, in the order of their tiles. */
  static List<Face> readIndex() {
    return new BundledFile(Face.class, "index.tsv")
        .read(
            stream ->
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .skip(1)
                    .map(Face::parse)
                    .toList());
  }

  /** The columns are: index, the attributes, caption. */
  private static Face parse(String line) {
    Iterator<String> columns = List.of(line.split("\t", -1)).iterator();
    int tile = Integer.parseInt(columns.next());
    Map<FaceAttribute, String> values = new EnumMap<>(FaceAttribute.class);
    for (FaceAttribute attribute : FaceAttribute.values()) {
      values.put(attribute, columns.next());
    }
    return new Face(tile, values, columns.next());
  }

  /** The value of an attribute as in the index. */
  String value(FaceAttribute attribute) {
    return values.get(attribute);
  }
}
