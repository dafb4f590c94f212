package org.gantry.recipes;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.host.support.ErrorText;

/** What to say when the engine, or Java, gets no more memory. */
public final class OutOfMemory {

  private static final Pattern BYTES =
      Pattern.compile("(?:[Tt]ried to allocate|Cannot reserve) ([\\d.]+) ?(bytes|[KMGT]i?B)");

  /** How much of the memory that an estimate sees it dares to use. */
  private static final double USABLE_SHARE = 0.8;

  private OutOfMemory() {}

  /**
   * How many bytes the engine asked for in vain.
   *
   * @return empty if it failed for another reason
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
   * A sentence on a failure for which Java's heap is too small.
   *
   * @param place when it happened, such as {@code after step 3}
   * @param limit of the heap, in bytes
   */
  public static String heapMessage(String place, long limit) {
    return "the training ran out of Java's heap "
        + place
        + ", which may have "
        + formatBytes(limit)
        + "; give it more with "
        + largerHeapOption(limit)
        + ", or set a smaller train.batch";
  }

  /** How to give Java a larger heap than one of so many bytes. */
  public static String largerHeapOption(long limit) {
    return "GANTRY_OPTS=-Xmx, such as GANTRY_OPTS=-Xmx" + Math.max(1, (2 * limit) >> 30) + "g";
  }

  /** Whether Java's heap was too small; what an engine asked for in vain has another message. */
  public static boolean isHeapExhausted(Throwable failure) {
    return ErrorText.find(failure, OutOfMemoryError.class).isPresent();
  }

  /**
   * A sentence on what went wrong and which batch would fit.
   *
   * @param place when it happened, such as {@code after step 3}
   * @param requested the bytes asked for in vain
   * @param grown the bytes that this process had taken since the networks were allocated
   * @param available the bytes that could still be had
   */
  public static String engineMessage(
      String place, int batch, long requested, long grown, long available) {
    String problem =
        "the training ran out of memory "
            + place
            + ": with a batch of "
            + batch
            + " the engine asked for another "
            + formatBytes(requested);
    return batch == 1
        ? problem + "; there is no smaller batch, so the networks or the samples must be smaller"
        : problem
            + "; by estimate a batch of "
            + fittingBatch(batch, requested, grown, available)
            + " fits: set train.batch";
  }

  /** What the step had taken when it failed, and what it then wanted, grow with the batch. */
  public static int fittingBatch(int batch, long requested, long grown, long available) {
    double wanted = (double) Math.max(0, grown) + requested;
    double room = (double) Math.max(0, grown) + available;
    int fits = (int) (batch * Math.min(1, USABLE_SHARE * room / wanted));
    // The step would have asked for yet more, so that little less than the batch is no answer.
    return Math.max(1, Math.min(fits, batch / 2));
  }

  /** The bytes of this process that are in memory; 0 where the system does not tell. */
  public static long residentBytes() {
    return ProcessMemory.ofThisProcess().residentBytes();
  }

  /**
   * The bytes that this process can still get, within the limits that are set for it; 0 where the
   * system does not tell.
   */
  public static long availableBytes() {
    return ProcessMemory.ofThisProcess().availableBytes();
  }

  /**
   * The largest batch whose samples and codes could be in memory, were nothing else needed.
   *
   * @param bytes of one sample and its code
   * @param largest bytes of its largest part, all of which of a batch are one array
   * @param available the bytes that can still be had; 0 if that is not known
   */
  public static long largestBatch(long bytes, long largest, long available) {
    long ofOneArray = Integer.MAX_VALUE / Math.max(1, largest);
    return available == 0
        ? ofOneArray
        : Math.min(ofOneArray, (long) (USABLE_SHARE * available / bytes));
  }

  /** A size for a person. */
  public static String formatBytes(long bytes) {
    return bytes < 1 << 30
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
