package org.gantry.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationFolderTest {

  @TempDir Path home;

  @Test
  void theEnvironmentVariableNamesTheFolder() {
    assertEquals(
        Path.of("/opt/gantry"), InstallationFolder.find("/opt/gantry", EmbeddedGantry.class));
  }

  @Test
  void withoutTheVariableItIsTheFolderAroundTheJar() throws IOException {
    Path jar = Files.createDirectories(home.resolve("lib")).resolve("gantry-embedded.jar");
    Files.createDirectories(home.resolve("bundles"));
    pack(jar);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Class<?> type = loader.loadClass(GantryProblem.class.getName());

      assertEquals(home, InstallationFolder.find(null, type));
      assertEquals(home, InstallationFolder.find(" ", type));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static void pack(Path jar) throws IOException {
    String entry = GantryProblem.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream in = GantryProblem.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
    }
  }

  @Test
  void aProgramThatNamesNoFolderLearnsHow() {
    for (Class<?> type : new Class<?>[] {EmbeddedGantry.class, String.class}) {
      GantryException refusal =
          assertThrows(GantryException.class, () -> InstallationFolder.find(null, type));
      assertEquals(
          "no installation of Gantry is named"
              + System.lineSeparator()
              + "  fix: Set GANTRY_HOME to the folder of an installation, or call"
              + " EmbeddedGantry.open(Path).",
          refusal.getMessage());
    }
  }

  @Test
  void aFolderWithoutAnInstallationIsRefused() {
    GantryException refusal = assertThrows(GantryException.class, () -> EmbeddedGantry.open(home));
    assertTrue(
        refusal
            .getMessage()
            .startsWith(
                home + " is not an installation of Gantry: it has no folders lib and bundles"),
        refusal.getMessage());
  }

  @Test
  void anInstallationWithoutTheTypesIsTooOld() throws IOException {
    Files.createDirectories(home.resolve("lib"));
    Files.createDirectories(home.resolve("bundles"));

    GantryException refusal = assertThrows(GantryException.class, () -> EmbeddedGantry.open(home));
    assertTrue(refusal.getMessage().contains("is too old"), refusal.getMessage());

    Path other = Files.createDirectories(home.resolve("other"));
    Files.createDirectories(other.resolve("lib"));
    Files.createDirectories(other.resolve("bundles"));
    GantryException second = assertThrows(GantryException.class, () -> EmbeddedGantry.open(other));
    assertTrue(second.getMessage().contains("and cannot open " + other), second.getMessage());
  }
}
