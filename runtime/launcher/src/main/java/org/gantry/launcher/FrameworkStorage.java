package org.gantry.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;

/**
 * The temporary folder of one framework. It is removed when the framework closes, because every
 * start installs all bundles again.
 */
record FrameworkStorage(Path folder) implements AutoCloseable {

  static FrameworkStorage create() {
    try {
      return new FrameworkStorage(Files.createTempDirectory("gantry-"));
    } catch (IOException e) {
      throw new StartException("a temporary folder cannot be created: " + ErrorText.of(e), e);
    }
  }

  @Override
  public void close() {
    try {
      AtomicFiles.delete(folder);
    } catch (IOException e) {
      // The remaining files are temporary.
      return;
    }
  }
}
