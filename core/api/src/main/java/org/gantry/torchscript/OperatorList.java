package org.gantry.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that scripts of networks may use, by their kind: {@code torch} for operators, {@code
 * ops.prim} for operators of the compiler, {@code function}, {@code attribute}, {@code type} and
 * {@code value}. The file {@code operators.txt} contains them.
 */
record OperatorList(Map<String, Set<String>> names) {

  /** Reads the list. */
  static OperatorList read() {
    try (InputStream in = OperatorList.class.getResourceAsStream("operators.txt")) {
      Map<String, Set<String>> names = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(":\\s*", 2))
          .forEach(
              line ->
                  names.merge(
                      line[0],
                      Set.copyOf(List.of(line[1].strip().split("\\s+"))),
                      OperatorList::union));
      return new OperatorList(Map.copyOf(names));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the list of operators", e);
    }
  }

  private static Set<String> union(Set<String> first, Set<String> second) {
    Set<String> all = new HashSet<>(first);
    all.addAll(second);
    return Set.copyOf(all);
  }

  /** Whether a name of a kind is in the list. */
  boolean contains(String kind, String name) {
    return names.getOrDefault(kind, Set.of()).contains(name);
  }
}
