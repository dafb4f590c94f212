package org.gantry.provisioning.internal.plan;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.gantry.host.support.ErrorText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages about full disks. */
class StateFilesTest {

  @TempDir Path folder;

  @Test
  void fullDiskIsReportedWithFileFolderAndBytes() {
    IOException full = new FileSystemException("a", "b", "No space left on device");
    String message = StateFiles.explain(full, "losses.jar", folder, 4711).getMessage();
    assertTrue(
        message.matches(
            "there is no space left in \\Q%s\\E for losses.jar: 4711 bytes are needed, \\d+ are free"
                .formatted(folder)),
        message);
  }

  @Test
  void unknownSizesAreOmitted() {
    IOException full = new IOException("No space left on device");
    String message =
        ErrorText.of(
            StateFiles.explain(
                full, "losses.jar", folder.resolve("none"), StateFiles.UNKNOWN_SIZE));
    assertTrue(message.endsWith("/none for losses.jar"), message);
  }

  @Test
  void otherErrorsAreUnchanged() {
    IOException other = new IOException("Input/output error");
    assertSame(other, StateFiles.explain(other, "losses.jar", folder, 1));
  }
}
