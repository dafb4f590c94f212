package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room that disks have. */
public final class DiskSpace {

  private static final String NONE = "No space left on device";

  /** Of something whose size is not known before it is there. */
  public static final long UNKNOWN_SIZE = -1;

  private DiskSpace() {}

  /**
   * Says of a full disk what did not fit; any other failure stays as it is.
   *
   * @param what the file that was being written, as people know it
   * @param folder where it was to be
   * @param needed its bytes, or {@link #UNKNOWN_SIZE}
   */
  public static IOException explain(IOException failure, String what, Path folder, long needed) {
    if (!String.valueOf(failure.getMessage()).contains(NONE)) {
      return failure;
    }
    String bytes = needed == UNKNOWN_SIZE ? "" : "%d bytes are needed".formatted(needed);
    String free = free(folder);
    String more = bytes.isEmpty() || free.isEmpty() ? bytes + free : bytes + ", " + free;
    return new IOException(
        "there is no space left in %s for %s%s"
            .formatted(folder, what, more.isEmpty() ? "" : ": " + more),
        failure);
  }

  private static String free(Path folder) {
    try {
      return "%d are free".formatted(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return "";
    }
  }
}
