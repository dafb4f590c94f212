package org.gantry.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An installation as one file, to send it to workers. */
final class InstallationArchive {

  /** What a worker needs; documents and commands stay here. */
  private static final List<String> FOLDERS = List.of("lib", "bundles", "plugins", "recipes");

  private InstallationArchive() {}

  /**
   * Packs an installation. The jars in it are stored as they are.
   *
   * @param home the folder of the installation
   * @param archive a file that does not exist
   */
  static void write(Path home, Path archive) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(0);
      for (String folder : FOLDERS) {
        if (Files.isDirectory(home.resolve(folder))) {
          addFolder(home, home.resolve(folder), zip);
        }
      }
    }
  }

  private static void addFolder(Path home, Path folder, ZipOutputStream zip) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        zip.putNextEntry(new ZipEntry(home.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }
}
