package org.gantry.serving;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A secret that requests state. Only its hash is kept. */
public final class AccessToken {

  /** The fewest characters; as many random ones cannot be guessed. */
  public static final int FEWEST = 16;

  private static final String SCHEME = "Bearer ";

  private final byte[] hash;

  private AccessToken(byte[] hash) {
    this.hash = hash;
  }

  /**
   * Creates a token of a text.
   *
   * @throws IllegalArgumentException if it is too short, or is not made of visible ASCII characters
   */
  public static AccessToken of(String text) {
    if (text.length() < FEWEST || !text.matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "expected one line of at least %d letters, digits or signs".formatted(FEWEST));
    }
    return new AccessToken(hash(text));
  }

  /**
   * Whether the header {@code Authorization} of a request states the token. The time that this
   * takes does not depend on how much of it is right.
   *
   * @param header the value of the header; null if it is missing
   */
  public boolean isStatedBy(String header) {
    boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String stated = bearer ? header.substring(SCHEME.length()).strip() : "";
    return MessageDigest.isEqual(hash, hash(stated));
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
