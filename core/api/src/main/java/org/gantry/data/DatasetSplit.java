package org.gantry.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The part of a data set to read.
 *
 * <p>The part of a sample depends only on the sample's name. The parts therefore stay disjoint when
 * samples are added, removed or sorted. The first eight bytes of the SHA-256 of the name in UTF-8
 * form an unsigned number. The sample is in the test part if this number modulo 10 is 9.
 */
public enum DatasetSplit {
  /** About nine tenths of the samples, for training. */
  TRAIN,
  /** The other tenth, which training never reads. */
  TEST,
  /** All samples. */
  ALL;

  /**
   * Returns whether a sample is in this part.
   *
   * @param name a stable identifier of the sample, such as its index or its code point
   */
  public boolean contains(String name) {
    return this == ALL || (this == TEST) == inLastTenth(name);
  }

  private static boolean inLastTenth(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), 10) == 9;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
