package org.gantry.host.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads text files up to a limit. A file that a user names can be endless, and one that a program
 * recorded can be replaced; either would exhaust memory.
 */
public final class TextFiles {

  /** The most bytes of a text that people write, such as a recipe. */
  public static final int WRITTEN_LIMIT = 1 << 20;

  /** The most bytes of a text that programs write, such as a lock file. */
  public static final int RECORDED_LIMIT = 1 << 26;

  private TextFiles() {}

  /**
   * Reads a text in UTF-8 that a program wrote.
   *
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   * @throws IOException if it cannot be read, or has more than {@link #RECORDED_LIMIT} bytes
   */
  public static String read(Path file) throws IOException {
    return read(file, RECORDED_LIMIT);
  }

  /**
   * Reads a text in UTF-8.
   *
   * @param limit the most bytes that it may have
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   * @throws IOException if it cannot be read, or has more bytes
   */
  public static String read(Path file, int limit) throws IOException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes(file, limit)))
        .toString();
  }

  /** Reads the lines of a text, as {@link #read(Path)} does. */
  public static List<String> lines(Path file) throws IOException {
    return read(file).lines().toList();
  }

  /**
   * Reads the bytes of a text that a program wrote.
   *
   * @throws IOException if it cannot be read, or has more than {@link #RECORDED_LIMIT} bytes
   */
  public static byte[] bytes(Path file) throws IOException {
    return bytes(file, RECORDED_LIMIT);
  }

  private static byte[] bytes(Path file, int limit) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(limit + 1);
    }
    if (bytes.length > limit) {
      throw new FileSystemException(
          file.toString(), null, "it has more than %d MB, its limit".formatted(limit >> 20));
    }
    return bytes;
  }
}
