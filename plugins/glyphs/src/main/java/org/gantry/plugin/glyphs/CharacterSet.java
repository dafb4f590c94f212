package org.gantry.plugin.glyphs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gantry.component.UnusableComponentException;

/**
 * Characters in an order.
 *
 * @param codePoints the Unicode code points, without duplicates
 */
record CharacterSet(List<Integer> codePoints) {

  /**
   * Reads a set such as {@code A-Za-z0-9}. A minus at the start or the end stands for itself.
   *
   * @throws UnusableComponentException if it has no characters, or a range ends before it begins
   */
  static CharacterSet parse(String text) {
    List<Integer> points = text.codePoints().boxed().toList();
    Set<Integer> found = new LinkedHashSet<>();
    for (int i = 0; i < points.size(); i++) {
      int first = points.get(i);
      if (i + 2 < points.size() && points.get(i + 1) == '-') {
        int last = points.get(i + 2);
        if (last < first) {
          throw new UnusableComponentException(
              "the range %s-%s ends before it begins"
                  .formatted(Character.toString(first), Character.toString(last)));
        }
        for (int point = first; point <= last; point++) {
          found.add(point);
        }
        i += 2;
      } else {
        found.add(first);
      }
    }
    if (found.isEmpty()) {
      throw new UnusableComponentException("it needs characters, such as A-Z");
    }
    return new CharacterSet(new ArrayList<>(found));
  }

  /** Returns each character as a text. */
  List<String> names() {
    return codePoints.stream().map(Character::toString).toList();
  }
}
