package org.gantry.charts;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A text in a PNG, in an {@code iTXt} chunk. Picture viewers show it as a property of the picture.
 */
public final class PngText {

  private static final byte[] TYPE = "iTXt".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] KEY = "Description\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  /** The length of the signature and of the header, which has to be the first chunk. */
  private static final int HEADER_END = 8 + 12 + 13;

  /** The length of a chunk without its content. */
  private static final int FRAME = 12;

  private PngText() {}

  /** Returns a PNG with a description, which must not have one. */
  public static byte[] with(byte[] png, String text) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(png, 0, HEADER_END);
    all.writeBytes(chunk(text));
    all.write(png, HEADER_END, png.length - HEADER_END);
    return all.toByteArray();
  }

  /** The chunk of a description. */
  static byte[] chunk(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer chunk = ByteBuffer.allocate(FRAME + KEY.length + content.length);
    chunk.putInt(KEY.length + content.length).put(TYPE).put(KEY).put(content);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, chunk.position() - 4);
    return chunk.putInt((int) sum.getValue()).array();
  }

  /** The description in a PNG; empty if it has none, or is not a PNG. */
  public static Optional<String> read(byte[] png) {
    int start = HEADER_END;
    while (start + FRAME <= png.length) {
      int length = ByteBuffer.wrap(png).getInt(start);
      if (length < 0 || length > png.length - start - FRAME) {
        return Optional.empty();
      }
      int content = start + 8;
      if (isDescription(png, start + 4, length)) {
        return Optional.of(
            new String(png, content + KEY.length, length - KEY.length, StandardCharsets.UTF_8));
      }
      start += FRAME + length;
    }
    return Optional.empty();
  }

  private static boolean isDescription(byte[] png, int type, int length) {
    int content = type + 4;
    return length >= KEY.length
        && Arrays.equals(png, type, content, TYPE, 0, TYPE.length)
        && Arrays.equals(png, content, content + KEY.length, KEY, 0, KEY.length);
  }
}
