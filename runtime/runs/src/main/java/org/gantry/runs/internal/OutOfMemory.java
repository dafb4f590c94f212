package org.gantry.runs.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to say when the engine gets no more memory. */
final class OutOfMemory {

  private static final Pattern BYTES =
      Pattern.compile("[Tt]ried to allocate ([\\d.]+) ?(bytes|[KMGT]i?B)");

  /** How much of the memory that an estimate sees it dares to use. */
  private static final double DARE = 0.8;

  private OutOfMemory() {}

  /**
   * How many bytes the engine asked for in vain.
   *
   * @return empty if it failed for another reason
   */
  static OptionalLong requested(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher matcher = BYTES.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        double unit = Math.pow(1024, "bKMGT".indexOf(matcher.group(2).charAt(0)));
        return OptionalLong.of((long) (Double.parseDouble(matcher.group(1)) * unit));
      }
    }
    return OptionalLong.empty();
  }

  /**
   * A sentence on what went wrong and which batch would fit.
   *
   * @param place when it happened, such as {@code after step 3}
   * @param requested the bytes asked for in vain
   * @param grown the bytes that this process had taken since the networks were allocated
   * @param available the bytes that the machine had left
   */
  static String message(String place, int batch, long requested, long grown, long available) {
    String problem =
        "the training ran out of memory "
            + place
            + ": with a batch of "
            + batch
            + " the engine asked for another "
            + size(requested);
    return batch == 1
        ? problem + "; there is no smaller batch, so the networks or the samples must be smaller"
        : problem
            + "; by estimate a batch of "
            + fitting(batch, requested, grown, available)
            + " fits: set train.batch";
  }

  /** What the step had taken when it failed, and what it then wanted, grow with the batch. */
  static int fitting(int batch, long requested, long grown, long available) {
    double wanted = (double) Math.max(0, grown) + requested;
    double room = (double) Math.max(0, grown) + available;
    int fits = (int) (batch * Math.min(1, DARE * room / wanted));
    // The step would have asked for yet more, so that little less than the batch is no answer.
    return Math.max(1, Math.min(fits, batch / 2));
  }

  /** The bytes of this process that are in memory; 0 where the system does not tell. */
  static long resident() {
    return kilobytes("/proc/self/status", "VmRSS");
  }

  /** The bytes that the machine can still give; 0 where the system does not tell. */
  static long available() {
    return kilobytes("/proc/meminfo", "MemAvailable");
  }

  private static long kilobytes(String file, String field) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return 0;
    }
    try {
      for (String line : Files.readAllLines(path)) {
        if (line.startsWith(field + ":")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static String size(long bytes) {
    return bytes < 1 << 30
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
