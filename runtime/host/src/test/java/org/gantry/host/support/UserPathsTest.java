package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class UserPathsTest {

  private final Path home = Path.of(System.getProperty("user.home"));

  @Test
  void aTildeAtTheStartIsTheHomeFolder() {
    assertEquals(home, UserPaths.of("~"));
    assertEquals(home.resolve("a/b"), UserPaths.of("~/a/b"));
  }

  @Test
  void otherTildesArePartsOfNames() {
    assertEquals(Path.of("a/~/b"), UserPaths.of("a/~/b"));
    assertEquals(Path.of("~b"), UserPaths.of("~b"));
  }

  @Test
  void charactersThatTheLocaleLacksAreExplained() {
    assertEquals(
        "'x' is not a path: the encoding of the locale lacks one of its characters; set"
            + " LC_ALL=C.UTF-8",
        UserPaths.reason(
            new InvalidPathException(
                "x", "Malformed input or input contains unmappable characters")));
    assertEquals(
        "'x' is not a path: Nul character not allowed",
        UserPaths.reason(new InvalidPathException("x", "Nul character not allowed")));
  }
}
