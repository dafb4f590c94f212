package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for a while. */
public final class TemporaryFolder {

  private TemporaryFolder() {}

  /** Work that needs a folder. */
  public interface FolderWork<T> {
    T get(Path folder) throws IOException;
  }

  /** Does it, and removes the folder. */
  public static <T> T use(FolderWork<T> work) throws IOException {
    Path folder = Files.createTempDirectory("gantry-");
    try {
      return work.get(folder);
    } finally {
      StateFolder.delete(folder);
    }
  }
}
