package org.gantry.recipes;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.host.support.ErrorText;

/** Recognises that memory ran out, estimates the batch that fits, and writes the messages. */
public final class OutOfMemory {

  private static final Pattern BYTES =
      Pattern.compile("(?:[Tt]ried to allocate|Cannot reserve) ([\\d.]+) ?(bytes|[KMGT]i?B)");

  /** The share of the available memory that an estimate uses. */
  private static final double USABLE_SHARE = 0.8;

  private OutOfMemory() {}

  /**
   * Returns the number of bytes that the engine failed to allocate.
   *
   * @return empty if the failure has another reason
   */
  public static OptionalLong requestedBytes(Throwable failure) {
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
   * Returns the message for an exhausted Java heap.
   *
   * @param when when it happened, such as {@code after step 3}
   * @param limit the limit of the heap, in bytes
   */
  public static String heapMessage(String when, long limit) {
    return "the training ran out of Java's heap "
        + when
        + ", which is limited to "
        + formatBytes(limit)
        + "; raise the limit with "
        + largerHeapOption(limit)
        + ", or set a smaller train.batch";
  }

  /** Returns the setting that gives Java a larger heap than the given number of bytes. */
  public static String largerHeapOption(long limit) {
    return "GANTRY_OPTS=-Xmx, such as GANTRY_OPTS=-Xmx" + Math.max(1, (2 * limit) >> 30) + "g";
  }

  /** Whether Java ran out of memory; a failed allocation of the engine does not count. */
  public static boolean isHeapExhausted(Throwable failure) {
    return ErrorText.find(failure, OutOfMemoryError.class).isPresent();
  }

  /**
   * Returns the message for a failed allocation of the engine, with a batch that should fit.
   *
   * @param when when it happened, such as {@code after step 3}
   * @param requested the bytes that the engine failed to allocate
   * @param grown the bytes by which this process has grown since the networks were allocated
   * @param available the bytes that are still available
   */
  public static String engineMessage(
      String when, int batch, long requested, long grown, long available) {
    String problem =
        "the training ran out of memory "
            + when
            + ": with a batch of "
            + batch
            + " the engine asked for another "
            + formatBytes(requested);
    return batch == 1
        ? problem + "; a smaller batch is not possible, so use smaller networks or samples"
        : problem
            + "; set train.batch to "
            + fittingBatch(batch, requested, grown, available)
            + ", which should fit";
  }

  /** Estimates the batch that fits: the memory of a step is proportional to its batch. */
  public static int fittingBatch(int batch, long requested, long grown, long available) {
    double needed = (double) Math.max(0, grown) + requested;
    double room = (double) Math.max(0, grown) + available;
    int fits = (int) (batch * Math.min(1, USABLE_SHARE * room / needed));
    // The failed step would have allocated more, so halve the batch at least.
    return Math.max(1, Math.min(fits, batch / 2));
  }

  /** Returns the resident bytes of this process; 0 if the system does not report them. */
  public static long residentBytes() {
    return ProcessMemory.ofThisProcess().residentBytes();
  }

  /**
   * Returns the most resident bytes of this process so far; 0 if the system does not report them.
   */
  public static long peakBytes() {
    return ProcessMemory.ofThisProcess().peakBytes();
  }

  /**
   * Returns the bytes that this process can still allocate within its limits; 0 if the system does
   * not report them.
   */
  public static long availableBytes() {
    return ProcessMemory.ofThisProcess().availableBytes();
  }

  /**
   * Returns the largest batch whose samples and latent codes fit into memory, if nothing else is in
   * it.
   *
   * @param bytes the bytes of one sample with its latent code
   * @param largest the bytes of its largest part; the parts of a batch form one array
   * @param available the bytes that are still available; 0 if unknown
   */
  public static long largestBatch(long bytes, long largest, long available) {
    long ofOneArray = Integer.MAX_VALUE / Math.max(1, largest);
    return available == 0
        ? ofOneArray
        : Math.min(ofOneArray, (long) (USABLE_SHARE * available / bytes));
  }

  /** Formats a number of bytes, such as {@code 1.5 GB}. */
  public static String formatBytes(long bytes) {
    return bytes < 1 << 30
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
