package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that runs Gantry from its sources, with empty sources and a recording Maven. */
class BuildingTest {

  private static final FileTime PAST = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;
  private Path root;
  private Product script;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectories(folder.resolve("the sources"));
    for (String part : new String[] {"core", "plugins/mlp/src/main", "runtime", "distribution"}) {
      Files.createDirectories(root.resolve(part));
    }
    write("pom.xml", "");
    write("plugins/mlp/src/main/Mlp.java", "");
    Path gantry = root.resolve("distribution/gantry");
    Files.copy(Product.sources().resolve("distribution/gantry"), gantry);
    Path bin = Files.createDirectories(folder.resolve("bin"));
    executable(
        bin.resolve("mvn"),
        """
        #!/bin/sh
        echo "$*" >>"%1$s/calls"
        [ ! -e "%1$s/broken" ] || exit 1
        mkdir -p "%2$s/bin" "%2$s/plugins"
        printf '#!/bin/sh\\npwd\\necho "$@"\\nexit 7\\n' >"%2$s/bin/gantry"
        chmod +x "%2$s/bin/gantry"
        touch "%2$s/LICENSE" "%2$s/plugins/index.xml"
        """
            .formatted(folder, root.resolve("distribution/target/gantry")));
    script =
        new Product(
            gantry, folder, Map.of("PATH", bin + ":" + System.getenv("PATH"), "JAVA_HOME", ""));
    pastOf(root);
  }

  /** Makes all files old, so that a file that a test touches is newer. */
  private static void pastOf(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        Files.setLastModifiedTime(path, PAST);
      }
    }
  }

  @Test
  void missingProductIsBuiltAndRunInTheCurrentFolder() throws IOException {
    Product.CommandResult answer = script.run("train", "a b");

    assertEquals(folder.toRealPath() + "\ntrain a b\n", answer.out());
    assertEquals(
        "gantry: building the product from its sources (the first time downloads what it needs)\n",
        answer.err());
    assertEquals(7, answer.exitCode());
    assertEquals(1, builds());
  }

  @Test
  void currentProductIsNotBuiltAgain() throws IOException {
    script.run("train");
    assertEquals("", script.run("train").err());
    assertEquals(1, builds());
  }

  @Test
  void productOlderThanItsSourcesIsBuiltAgain() throws IOException {
    script.run("train");
    touchLater("plugins/mlp/src/main/Mlp.java");
    script.run("train");
    assertEquals(2, builds());
  }

  @Test
  void buildOutputAndTestsDoNotTriggerABuild() throws IOException {
    script.run("train");
    Files.createDirectories(root.resolve("plugins/mlp/target"));
    Files.createDirectories(root.resolve("plugins/mlp/src/test"));
    touchLater("plugins/mlp/target/mlp.jar");
    touchLater("plugins/mlp/src/test/MlpTest.java");
    script.run("train");
    // Creating these folders touches source folders, which must not count.
    assertEquals(1, builds());
  }

  @Test
  void failedBuildIsReportedAndRunsNothing() throws IOException {
    Files.createFile(folder.resolve("broken"));

    Product.CommandResult answer = script.run("train");

    assertEquals(1, answer.exitCode());
    assertEquals("", answer.out());
    assertTrue(answer.err().endsWith("gantry: the build failed; the lines above say why\n"));
    Files.delete(folder.resolve("broken"));
    assertEquals(7, script.run("train").exitCode());
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("calls")).size();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(root.resolve(file), text);
  }

  private void touchLater(String file) throws IOException {
    write(file, "// edited");
    FileTime built = Files.getLastModifiedTime(root.resolve("distribution/target/gantry/LICENSE"));
    Files.setLastModifiedTime(root.resolve(file), FileTime.fromMillis(built.toMillis() + 10_000));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
