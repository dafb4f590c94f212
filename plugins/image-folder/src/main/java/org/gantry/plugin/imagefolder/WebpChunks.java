package org.gantry.plugin.imagefolder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/**
 * The chunks of a WebP file.
 *
 * @param end the position where the file should end
 * @param orientation the value of the EXIF tag
 */
record WebpChunks(long end, int orientation) {

  private static final int HEADER_BYTES = 12;
  private static final String EXIF_START = "Exif\0\0";

  static WebpChunks read(ImageInputStream stream) throws IOException {
    ByteOrder before = stream.getByteOrder();
    stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    int orientation = ExifOrientation.UPRIGHT;
    long end = HEADER_BYTES;
    try {
      stream.seek(4);
      end = 8 + stream.readUnsignedInt();
      for (long position = HEADER_BYTES; position + 8 <= end; ) {
        stream.seek(position);
        byte[] type = new byte[4];
        stream.readFully(type);
        long length = stream.readUnsignedInt();
        if (new String(type, StandardCharsets.ISO_8859_1).equals("EXIF")) {
          orientation = ExifOrientation.read(stream, exifStart(stream, position + 8));
        }
        position += 8 + length + length % 2;
      }
    } catch (EOFException e) {
      // A truncated file; the pixels may still be read for its size.
    } finally {
      stream.setByteOrder(before);
    }
    return new WebpChunks(end, orientation);
  }

  /** Some programs write the start of JPEG's EXIF segment, which does not belong here. */
  private static long exifStart(ImageInputStream stream, long data) throws IOException {
    byte[] start = new byte[EXIF_START.length()];
    stream.seek(data);
    stream.readFully(start);
    boolean prefixed = new String(start, StandardCharsets.ISO_8859_1).equals(EXIF_START);
    return prefixed ? data + start.length : data;
  }
}
