package org.gantry.recipes.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a user probably meant. */
public final class NearestName {

  private NearestName() {}

  /**
   * Returns the name with the smallest edit distance.
   *
   * @return empty if even this distance is more than a third of the longer name's letters; one
   *     letter may always differ, but not all of them
   */
  public static Optional<String> find(String typed, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(typed, name) <= limit(Math.max(typed.length(), name.length())))
        .min(
            Comparator.comparingInt((String name) -> distance(typed, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int limit(int length) {
    return length < 2 ? 0 : Math.max(1, length / 3);
  }

  /** Returns "Did you mean 'x'? ", or an empty text if no name is near. */
  public static String suggestion(String typed, Collection<String> names) {
    return find(typed, names)
        .map(name -> "Did you mean " + MessageText.quoted(name) + "? ")
        .orElse("");
  }

  /** Returns the fewest insertions, deletions, replacements and swaps of neighbouring letters. */
  public static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
