package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingTest {

  @TempDir Path folder;

  @Test
  void helpPrintsNoErrors() {
    Product.CommandResult answer = Product.packed().run("--help");

    assertEquals("", answer.err());
    assertEquals(0, answer.exitCode());
    assertTrue(answer.out().contains("train"), answer.out());
  }

  /** The constructor of the data set draws the first random numbers of the process. */
  @Test
  void componentMayDrawRandomNumbersInItsConstructor() {
    Product.CommandResult answer =
        Product.packed().run("validate", "stacked-digits", "--set", "regularizers=[]");

    assertEquals("", answer.err());
    assertEquals(0, answer.exitCode());
  }

  @Test
  void unknownCommandIsRefused() {
    Product.CommandResult answer = Product.packed().run("trian");

    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().contains("train"), answer.err());
  }

  @Test
  void productStartsThroughALinkFromAnyFolder() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("g"), Product.home().resolve("bin/gantry"));
    Path relative = Files.createSymbolicLink(folder.resolve("h"), Path.of("g"));
    try {
      for (Path called : List.of(link, relative)) {
        Product product = new Product(called, folder, Map.of());
        assertEquals(0, product.run("--help").exitCode());
      }
    } finally {
      Files.delete(relative);
      Files.delete(link);
    }
  }

  @Test
  void oldJavaIsRefused() throws IOException {
    Product.CommandResult answer =
        Product.packed()
            .withEnvironment("JAVA_HOME", java("openjdk version \"11.0.2\""))
            .run("--help");

    assertEquals(
        "gantry: Java 17 or later is needed, but " + folder + "/bin/java is version 11.0.2\n",
        answer.err());
    assertEquals(1, answer.exitCode());
  }

  @Test
  void javaWithOldVersionNumbersIsRefused() throws IOException {
    Product.CommandResult answer =
        Product.packed()
            .withEnvironment("JAVA_HOME", java("java version \"1.8.0_202\""))
            .run("--help");

    assertEquals(
        "gantry: Java 17 or later is needed, but " + folder + "/bin/java is version 1.8.0_202\n",
        answer.err());
  }

  @Test
  void javaHomeWithoutJavaIsReported() {
    Product.CommandResult answer =
        Product.packed().withEnvironment("JAVA_HOME", folder.toString()).run("--help");

    assertEquals(
        "gantry: JAVA_HOME is " + folder + ", which has no bin/java; set it to a JDK 17 or later\n",
        answer.err());
    assertEquals(1, answer.exitCode());
  }

  /** Creates a Java installation that only prints its version. */
  private String java(String version) throws IOException {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho '" + version + "' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder.toString();
  }
}
