package org.gantry.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which part of a data set to read. A sample's part follows from its name alone, so the parts stay
 * disjoint when samples are added, removed or sorted otherwise: a sample is in the test part when
 * the first eight bytes of the SHA-256 of its name in UTF-8, as an unsigned number, leave the
 * remainder 9 on division by 10.
 */
public enum DatasetSplit {
  /** About nine tenths, to train on. */
  TRAIN,
  /** The other tenth, which no training reads. */
  TEST,
  /** Both. */
  ALL;

  /**
   * Whether a sample is in this part.
   *
   * @param name what identifies the sample for good, such as its index or its code point
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
