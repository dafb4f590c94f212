package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentsTest {

  @TempDir private Path folder;

  @Test
  void everyExperimentOfTheProductCanBeRead() {
    Product.CommandResult answer = Product.packed().run("experiments", "list");
    assertEquals(0, answer.exitCode(), answer::err);
    assertTrue(answer.out().contains("ring"), answer::out);
  }

  @Test
  void committedPageMatchesTheCommittedResults() throws IOException {
    Path sources = Product.sources().resolve("distribution");
    Files.createDirectories(folder.resolve("docs"));
    Path results = folder.resolve("results");
    Files.createDirectories(results);
    try (var files = Files.list(sources.resolve("results"))) {
      for (Path file : files.toList()) {
        Files.copy(file, results.resolve(file.getFileName()));
      }
    }
    Path page = folder.resolve("docs/does-it-work.md");
    Product.CommandResult answer =
        Product.packed().run("experiments", "page", "-o", page.toString(), results.toString());
    assertEquals(0, answer.exitCode(), answer::err);
    assertEquals(
        Files.readString(sources.resolve("docs/does-it-work.md")),
        Files.readString(page),
        "regenerate it: gantry experiments page -o docs/does-it-work.md results");
  }
}
