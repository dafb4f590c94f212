package org.gantry.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 hashes of a release, in the form that {@code sha256sum --check} reads. */
final class ChecksumFile {

  static final String NAME = "SHA256SUMS";

  private ChecksumFile() {}

  /** Writes the hashes of files into their folder. */
  static void write(Path folder, List<Path> files) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : files.stream().sorted().toList()) {
      lines.append(sha256(file)).append("  ").append(file.getFileName()).append('\n');
    }
    Files.writeString(folder.resolve(NAME), lines);
  }

  /** Returns the hash of a file, in hexadecimal digits. */
  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream hashed = new DigestInputStream(in, digest)) {
        hashed.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Signs the hashes with gpg, and with them all files.
   *
   * @param key the key, as gpg names it
   */
  static void sign(Path folder, String key) throws IOException {
    ProcessOutput.of(
        List.of(
            "gpg",
            "--batch",
            "--yes",
            "--armor",
            "--local-user",
            key,
            "--output",
            folder.resolve(NAME + ".asc").toString(),
            "--detach-sign",
            folder.resolve(NAME).toString()));
  }
}
