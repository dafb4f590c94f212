package org.gantry.workers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What only the workers of one training know. They prove it to each other with codes (HMAC-SHA-256)
 * of random challenges, and never send it.
 */
public final class WorkerSecret {

  /** The length of a challenge and of its answer in bytes. */
  static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  private WorkerSecret(byte[] key) {
    this.key = key;
  }

  /** Creates a new secret. */
  public static WorkerSecret create() {
    return new WorkerSecret(challenge());
  }

  /**
   * Reads a secret.
   *
   * @param text what {@link #text} returned at another worker
   */
  public static WorkerSecret of(String text) {
    return new WorkerSecret(HexFormat.of().parseHex(text));
  }

  /** The secret as text, for the other workers of the training alone. */
  public String text() {
    return HexFormat.of().formatHex(key);
  }

  static byte[] challenge() {
    byte[] random = new byte[LENGTH];
    new SecureRandom().nextBytes(random);
    return random;
  }

  /**
   * The answer to a challenge.
   *
   * @param purpose says who answers, so that an answer cannot be used for something else
   * @param own the challenge of the worker that answers
   */
  byte[] answer(String purpose, int rank, byte[] challenge, byte[] own) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(rank).flip());
      mac.update(challenge);
      mac.update(own);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  /** Compares answers in a time that does not depend on where they differ. */
  static boolean isEqual(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
