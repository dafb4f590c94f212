package org.gantry.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The Java run time of an archive: of the JDK that builds it, without what Gantry does not need.
 */
final class RuntimeImage {

  /**
   * The modules. Plugins can use all of Java SE. The others have random numbers, encrypted
   * connections, archives as file systems and texts in other encodings, or belong to libraries of
   * the product. Tests compare them with what the jars need, and train.
   */
  static final List<String> MODULES =
      List.of(
          "java.se",
          "jdk.charsets",
          "jdk.crypto.ec",
          "jdk.httpserver",
          "jdk.random",
          "jdk.unsupported",
          "jdk.zipfs");

  private RuntimeImage() {}

  /** Creates a run time in a folder, which is replaced, and returns the folder. */
  static Path create(Path folder) throws IOException {
    FileTree.delete(folder);
    int exitCode =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this JDK has no jlink"))
            .run(
                System.out,
                System.err,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress=2",
                "--output",
                folder.toString());
    if (exitCode != 0) {
      throw new IOException("jlink failed with exit code " + exitCode);
    }
    if (System.getProperty("os.name").equals("Linux")) {
      SystemLibraries.addTo(folder);
    }
    return folder;
  }
}
