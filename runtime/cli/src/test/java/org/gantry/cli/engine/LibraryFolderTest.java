package org.gantry.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.host.EngineLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibraryFolderTest {

  private static final String NEEDED = "2.7.1";

  @TempDir Path folder;
  private Path libraries;

  @BeforeEach
  void unpack() throws IOException {
    libraries = Files.createDirectory(folder.resolve("lib"));
    Files.createFile(libraries.resolve("libtorch_cpu.so"));
  }

  @Test
  void anUnpackedArchiveNamesItsVersionAndFlavour() throws IOException {
    Files.writeString(folder.resolve("build-version"), "2.7.1+cu128\n");

    EngineLibrary expected = new EngineLibrary(libraries, NEEDED, "cu128");
    assertEquals(expected, LibraryFolder.inspect(folder, NEEDED));
    assertEquals(expected, LibraryFolder.inspect(libraries, NEEDED));
  }

  @Test
  void aFolderOfPythonNamesItsVersionAndFlavour() throws IOException {
    Files.writeString(
        folder.resolve("version.py"), "from typing import Optional\n__version__ = '2.7.1+cpu'\n");

    assertEquals("cpu", LibraryFolder.inspect(folder, NEEDED).flavour());
  }

  @Test
  void aVersionWithoutFlavourIsForTheProcessor() throws IOException {
    Files.writeString(folder.resolve("build-version"), "2.7.1");

    assertEquals("cpu", LibraryFolder.inspect(folder, NEEDED).flavour());
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    Files.writeString(folder.resolve("build-version"), "2.6.0+cu128");

    assertEquals(
        "the libraries in %s are version 2.6.0, and this product needs version 2.7.1"
            .formatted(libraries),
        refusal(folder));
  }

  @Test
  void aFlavourThatTheProductCannotCallIsRefused() throws IOException {
    Files.writeString(folder.resolve("build-version"), "2.7.1+rocm6.3");

    assertTrue(refusal(folder).contains("are built for rocm6"), refusal(folder));
  }

  @Test
  void librariesOfUnknownVersionAreRefused() {
    assertTrue(refusal(folder).contains("neither a file build-version"), refusal(folder));
  }

  @Test
  void aFolderWithoutLibrariesIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertTrue(
        refusal(empty).startsWith(empty + " has none of the libraries libtorch_cpu.so"),
        refusal(empty));
  }

  private static String refusal(Path folder) {
    return assertThrows(InvalidInputException.class, () -> LibraryFolder.inspect(folder, NEEDED))
        .getMessage();
  }
}
