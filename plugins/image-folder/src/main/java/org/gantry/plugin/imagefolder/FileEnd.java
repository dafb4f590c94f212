package org.gantry.plugin.imagefolder;

import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/** Checks how a picture's file ends, to find truncated files without decoding them. */
final class FileEnd {

  private static final int TAIL_BYTES = 32;
  private static final int GIF_TRAILER = 0x3B;

  private FileEnd() {}

  /** Whether the file ends as its format demands, or the format does not show that cheaply. */
  static boolean isUsual(PictureFormat format, ImageInputStream stream) throws IOException {
    return switch (format) {
      case JPEG -> hasEndOfImage(stream);
      case WEBP -> WebpChunks.read(stream).end() <= stream.length() + 1;
      case BMP -> announcedLength(stream) <= stream.length();
      case PNG -> PngChunks.read(stream, false).paletteSize() >= 0;
      case GIF -> lastByte(stream) == GIF_TRAILER;
      case TIFF -> true;
    };
  }

  private static boolean hasEndOfImage(ImageInputStream stream) throws IOException {
    long length = stream.length();
    stream.seek(Math.max(0, length - TAIL_BYTES));
    byte[] tail = new byte[(int) Math.min(length, TAIL_BYTES)];
    stream.readFully(tail);
    for (int i = 1; i < tail.length; i++) {
      if ((tail[i - 1] & 0xFF) == 0xFF && (tail[i] & 0xFF) == 0xD9) {
        return true;
      }
    }
    return false;
  }

  private static int lastByte(ImageInputStream stream) throws IOException {
    stream.seek(stream.length() - 1);
    return stream.readUnsignedByte();
  }

  private static long announcedLength(ImageInputStream stream) throws IOException {
    stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    stream.seek(2);
    return stream.readUnsignedInt();
  }
}
