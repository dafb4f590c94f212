package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What editors show of the API that plugins are compiled against. */
class ApiSourcesTest {

  private static final List<String> API =
      List.of("org/gantry/graph/Graph", "org/gantry/metric/Metric", "org/gantry/sampler/Sampler");

  private static final List<String> TESTKIT =
      List.of("org/gantry/testkit/TinyGame", "org/gantry/testkit/contract/ComponentContract");

  @Test
  void theInstallationHasTheSourcesOfTheApiAndTheTestKit() throws IOException {
    requireEntries(jar("gantry-api", "-sources.jar"), API, ".java");
    requireEntries(jar("gantry-testkit", "-sources.jar"), TESTKIT, ".java");
  }

  @Test
  void theInstallationHasTheJavadocOfTheApiAndTheTestKit() throws IOException {
    requireEntries(jar("gantry-api", "-javadoc.jar"), API, ".html");
    requireEntries(jar("gantry-testkit", "-javadoc.jar"), TESTKIT, ".html");
  }

  /** The jar next to the classes of an artifact, with the name that Maven gives it. */
  private static Path jar(String artifact, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(Product.home().resolve("maven/org/gantry/" + artifact))) {
      List<Path> classes =
          files.filter(f -> f.getFileName().toString().matches(".*(SNAPSHOT|\\d)\\.jar")).toList();
      assertEquals(1, classes.size(), classes.toString());
      String name = classes.get(0).getFileName().toString();
      return classes.get(0).resolveSibling(name.replaceFirst("\\.jar$", suffix));
    }
  }

  private static void requireEntries(Path path, List<String> types, String suffix)
      throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      for (String type : types) {
        assertNotNull(jar.getEntry(type + suffix), path + " has no " + type + suffix);
      }
    }
  }
}
