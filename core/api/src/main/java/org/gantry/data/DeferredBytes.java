package org.gantry.data;

import java.util.function.Supplier;

/**
 * Bytes that are computed when they are first read, and stay in memory from then on. Thread-safe.
 */
final class DeferredBytes {

  private final int length;

  /** Computes the bytes; null once that is done, so that what they are computed from can go. */
  private Supplier<byte[]> source;

  private volatile byte[] computed;

  private DeferredBytes(int length, Supplier<byte[]> source, byte[] computed) {
    this.length = length;
    this.source = source;
    this.computed = computed;
  }

  /** Wraps bytes that are there already; does not copy them. */
  static DeferredBytes of(byte[] bytes) {
    return new DeferredBytes(bytes.length, null, bytes);
  }

  /**
   * Defers a computation.
   *
   * @param length the number of bytes that it gives
   * @param source called by the first reader; called again by the next one if it throws
   */
  static DeferredBytes of(int length, Supplier<byte[]> source) {
    return new DeferredBytes(length, source, null);
  }

  int length() {
    return length;
  }

  /**
   * Returns the bytes.
   *
   * @throws IllegalStateException if the computation gives another number of bytes
   */
  byte[] get() {
    byte[] bytes = computed;
    return bytes == null ? compute() : bytes;
  }

  private synchronized byte[] compute() {
    if (computed == null) {
      byte[] bytes = source.get();
      if (bytes.length != length) {
        throw new IllegalStateException(
            "expected %d values, found %d".formatted(length, bytes.length));
      }
      computed = bytes;
      source = null;
    }
    return computed;
  }
}
