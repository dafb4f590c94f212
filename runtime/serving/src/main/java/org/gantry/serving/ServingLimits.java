package org.gantry.serving;

import java.time.Duration;

/**
 * What one server does at most.
 *
 * @param requests the requests for samples and translations that it works on or that wait; others
 *     are refused
 * @param samples the samples of one request
 * @param uploadBytes the bytes of an uploaded picture
 * @param pixels the pixels of an uploaded picture
 * @param patience how long a request waits for its turn
 * @param stop how long requests in flight may take when the server stops
 */
public record ServingLimits(
    int requests, int samples, long uploadBytes, int pixels, Duration patience, Duration stop) {

  /** The limits that hold if the user states no others. */
  public static final ServingLimits USUAL =
      new ServingLimits(
          64, 256, 8L << 20, 2048 * 2048, Duration.ofSeconds(30), Duration.ofSeconds(30));

  /** Checks the numbers. */
  public ServingLimits {
    if (requests < 1 || samples < 1 || uploadBytes < 1 || pixels < 1) {
      throw new IllegalArgumentException("limits have to be at least 1");
    }
  }
}
