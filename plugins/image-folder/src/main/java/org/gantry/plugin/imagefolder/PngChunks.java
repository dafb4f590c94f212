package org.gantry.plugin.imagefolder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.stream.ImageInputStream;

/**
 * The chunks of a PNG file.
 *
 * @param paletteSize the number of colours of its palette; 0 without one
 * @param transparentGrey the transparent value of a picture with less than 8 bits of grey, scaled
 *     to 8 bits; -1 without one
 * @param orientation the value of the EXIF tag
 */
record PngChunks(int paletteSize, int transparentGrey, int orientation) {

  private static final int SIGNATURE_BYTES = 8;

  /**
   * Reads the chunks.
   *
   * @param verify whether to read the content of the chunks and compare their checksums
   * @throws UnreadablePictureException if the file is truncated or was changed
   */
  static PngChunks read(ImageInputStream stream, boolean verify) throws IOException {
    stream.setByteOrder(ByteOrder.BIG_ENDIAN);
    long position = SIGNATURE_BYTES;
    int paletteSize = 0;
    int transparentGrey = -1;
    int depth = 0;
    int orientation = ExifOrientation.UPRIGHT;
    try {
      while (true) {
        stream.seek(position);
        long length = stream.readUnsignedInt();
        byte[] type = new byte[4];
        stream.readFully(type);
        String name = new String(type, StandardCharsets.ISO_8859_1);
        long data = position + 8;
        if (verify) {
          requireChecksum(stream, type, length);
        }
        if (name.equals("IHDR")) {
          stream.seek(data + 8);
          depth = stream.readUnsignedByte();
        } else if (name.equals("PLTE")) {
          paletteSize = (int) (length / 3);
        } else if (name.equals("tRNS") && length == 2) {
          stream.seek(data);
          transparentGrey = scaled(stream.readUnsignedShort(), depth);
        } else if (name.equals("eXIf")) {
          orientation = ExifOrientation.read(stream, data);
        } else if (name.equals("IEND")) {
          return new PngChunks(paletteSize, transparentGrey, orientation);
        }
        position = data + length + 4;
      }
    } catch (EOFException e) {
      throw new UnreadablePictureException("it is truncated: its last chunk is missing", e);
    }
  }

  /** The platform's reader knows transparent values of 8 and 16 bits. */
  private static int scaled(int grey, int depth) {
    int most = (1 << depth) - 1;
    return depth < 8 && grey <= most ? grey * 255 / most : -1;
  }

  private static void requireChecksum(ImageInputStream stream, byte[] type, long length)
      throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(type);
    byte[] buffer = new byte[1 << 13];
    for (long left = length; left > 0; ) {
      int read = stream.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException();
      }
      checksum.update(buffer, 0, read);
      left -= read;
    }
    boolean critical = Character.isUpperCase(type[0]);
    if (stream.readUnsignedInt() != checksum.getValue() && critical) {
      throw new UnreadablePictureException(
          "it is damaged: the checksum of its chunk %s is wrong"
              .formatted(new String(type, StandardCharsets.ISO_8859_1)));
    }
  }
}
