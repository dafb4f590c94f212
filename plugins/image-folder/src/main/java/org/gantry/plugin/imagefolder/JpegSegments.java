package org.gantry.plugin.imagefolder;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/**
 * The segments of a JPEG file before the compressed pixels.
 *
 * @param components the number of colour components; 4 for CMYK
 * @param luminance whether four components are luminance, two colour differences and black (YCCK)
 * @param orientation the value of the EXIF tag
 */
record JpegSegments(int components, boolean luminance, int orientation) {

  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int EXIF = 0xE1;
  private static final int ADOBE = 0xEE;
  private static final int YCCK = 2;

  static JpegSegments read(ImageInputStream stream) throws IOException {
    stream.setByteOrder(ByteOrder.BIG_ENDIAN);
    long position = 2;
    int components = 0;
    boolean luminance = false;
    int orientation = ExifOrientation.UPRIGHT;
    while (true) {
      stream.seek(position);
      int marker = nextMarker(stream);
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE || marker < 0) {
        return new JpegSegments(components, luminance, orientation);
      }
      long segment = stream.getStreamPosition();
      int length = stream.readUnsignedShort();
      if (isFrame(marker)) {
        stream.seek(segment + 7);
        components = stream.readUnsignedByte();
      } else if (marker == EXIF && startsWith(stream, length, "Exif\0\0")) {
        orientation = ExifOrientation.read(stream, segment + 8);
      } else if (marker == ADOBE && startsWith(stream, length, "Adobe") && length >= 14) {
        stream.seek(segment + 13);
        luminance = stream.readUnsignedByte() == YCCK;
      }
      position = segment + Math.max(2, length);
    }
  }

  /** Returns the next marker, or -1 at the end. Bytes between segments are skipped. */
  private static int nextMarker(ImageInputStream stream) throws IOException {
    int before = 0;
    for (int next = stream.read(); next >= 0; next = stream.read()) {
      if (before == 0xFF && next != 0 && next != 0xFF) {
        return next;
      }
      before = next;
    }
    return -1;
  }

  /** Whether a marker starts a frame, which has the size and the components. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean startsWith(ImageInputStream stream, int length, String name)
      throws IOException {
    byte[] start = new byte[name.length()];
    if (length < start.length + 2) {
      return false;
    }
    stream.readFully(start);
    return new String(start, StandardCharsets.ISO_8859_1).equals(name);
  }
}
