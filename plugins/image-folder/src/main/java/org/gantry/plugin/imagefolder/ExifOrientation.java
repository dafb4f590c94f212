package org.gantry.plugin.imagefolder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/** The orientation tag in EXIF data, which has the structure of a TIFF file. */
final class ExifOrientation {

  static final int UPRIGHT = 1;

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int LITTLE_ENDIAN = 0x4949;
  private static final int BIG_ENDIAN = 0x4D4D;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /**
   * Reads the tag. Data that have no tag, or a wrong one, mean an upright picture.
   *
   * @param start the position where the TIFF structure starts
   * @return 1 to 8
   */
  static int read(ImageInputStream stream, long start) throws IOException {
    ByteOrder before = stream.getByteOrder();
    try {
      return find(stream, start);
    } catch (EOFException e) {
      return UPRIGHT;
    } finally {
      stream.setByteOrder(before);
    }
  }

  private static int find(ImageInputStream stream, long start) throws IOException {
    stream.seek(start);
    stream.setByteOrder(ByteOrder.BIG_ENDIAN);
    int order = stream.readUnsignedShort();
    if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
      return UPRIGHT;
    }
    stream.setByteOrder(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (stream.readUnsignedShort() != 42) {
      return UPRIGHT;
    }
    long directory = start + stream.readUnsignedInt();
    stream.seek(directory);
    int entries = stream.readUnsignedShort();
    for (int i = 0; i < entries; i++) {
      stream.seek(directory + 2 + (long) i * ENTRY_BYTES);
      if (stream.readUnsignedShort() == TAG) {
        int type = stream.readUnsignedShort();
        long count = stream.readUnsignedInt();
        int value = stream.readUnsignedShort();
        return type == SHORT && count == 1 && value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
