package org.gantry.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExportedPackagesTest {

  private final List<String> clauses = List.of(ExportedPackages.header().split(","));

  @Test
  void librariesAreExportedWithTheirVersions() {
    for (String expected :
        List.of(
            "ai\\.djl\\.ndarray;version=\"0\\.\\d+\\.\\d+\"",
            "ai\\.djl\\.pytorch\\.jni;version=\"0\\.\\d+\\.\\d+\"",
            "org\\.slf4j;version=\"2\\.\\d+\\.\\d+\"",
            "org\\.gantry\\.host;version=\"1\\.0\\.0\"",
            "org\\.gantry\\.embedded;version=\"1\\.0\\.0\"")) {
      assertEquals(
          1, clauses.stream().filter(clause -> clause.matches(expected)).count(), expected);
    }
  }

  @Test
  void noOtherPackagesAreExported() {
    assertTrue(
        clauses.stream()
            .allMatch(c -> c.matches("(ai\\.djl|org\\.slf4j|org\\.gantry\\.(host|embedded))\\b.*")),
        clauses.toString());
  }
}
