package org.gantry.data;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Writes to a stream and computes the CRC-32C and the SHA-256 of what it wrote. */
final class HashedOutput {

  private final OutputStream out;
  private final MessageDigest digest = sha256();
  private final CRC32C checksum = new CRC32C();

  HashedOutput(OutputStream out) {
    this.out = out;
  }

  void write(byte[] bytes) throws IOException {
    digest.update(bytes);
    checksum.update(bytes);
    out.write(bytes);
  }

  /** Returns the checksum of everything written, as a line. */
  String checksum() {
    return checksumLine(checksum);
  }

  static String checksumLine(CRC32C checksum) {
    return "crc32c " + HexFormat.of().toHexDigits((int) checksum.getValue()) + "\n";
  }

  /** Returns the hash of everything written, in hexadecimal. */
  String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
