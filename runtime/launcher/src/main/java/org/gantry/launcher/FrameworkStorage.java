package org.gantry.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.host.support.ErrorText;

/**
 * The folder where one framework keeps what it writes: of its own, so that any number of processes
 * run side by side, and gone when it closes. Nothing in it is worth keeping: the bundles are
 * installed anew at each start.
 */
record FrameworkStorage(Path folder) implements AutoCloseable {

  static FrameworkStorage create() {
    try {
      return new FrameworkStorage(Files.createTempDirectory("gantry-"));
    } catch (IOException e) {
      throw new StartException("no temporary folder can be created: " + ErrorText.of(e), e);
    }
  }

  @Override
  public void close() {
    try {
      for (Path path : deepestFirst()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // What is left lies among temporary files, where someone else tidies up.
      return;
    }
  }

  private List<Path> deepestFirst() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
