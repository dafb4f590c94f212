package org.gantry.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.host.support.AtomicFiles;
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
      AtomicFiles.delete(folder);
    } catch (IOException e) {
      // The system cleans its temporary files up.
      return;
    }
  }
}
