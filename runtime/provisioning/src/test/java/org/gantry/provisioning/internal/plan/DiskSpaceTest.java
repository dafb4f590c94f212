package org.gantry.provisioning.internal.plan;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.gantry.host.support.ErrorText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

  @TempDir Path folder;

  @Test
  void aFullDiskIsToldWithTheFileTheFolderAndTheBytes() {
    IOException full = new FileSystemException("a", "b", "No space left on device");
    String said = DiskSpace.explain(full, "losses.jar", folder, 4711).getMessage();
    assertTrue(
        said.matches(
            "there is no space left in \\Q%s\\E for losses.jar: 4711 bytes are needed, \\d+ are free"
                .formatted(folder)),
        said);
  }

  @Test
  void whatIsNotKnownOfAFullDiskIsNotSaid() {
    IOException full = new IOException("No space left on device");
    String said =
        ErrorText.of(
            DiskSpace.explain(full, "losses.jar", folder.resolve("none"), DiskSpace.UNKNOWN_SIZE));
    assertTrue(said.endsWith("/none for losses.jar"), said);
  }

  @Test
  void anyOtherFailureStaysAsItIs() {
    IOException other = new IOException("Input/output error");
    assertSame(other, DiskSpace.explain(other, "losses.jar", folder, 1));
  }
}
