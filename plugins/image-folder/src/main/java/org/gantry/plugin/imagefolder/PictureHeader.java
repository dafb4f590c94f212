package org.gantry.plugin.imagefolder;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What the header of a picture's file says.
 *
 * @param width the stored width, before the picture is turned
 * @param height the stored height, before the picture is turned
 * @param orientation the value of the EXIF tag, 1 to 8; 1 is upright
 */
record PictureHeader(PictureFormat format, int width, int height, int orientation) {

  /**
   * Reads the header.
   *
   * @throws UnreadablePictureException if the file is not a picture, or a too large one
   */
  static PictureHeader read(ImageInputStream stream) throws IOException {
    PictureFormat format = PictureFormat.of(stream);
    if (format == PictureFormat.GIF) {
      return ofGif(stream);
    }
    int orientation = orientation(format, stream);
    // The reader may flush the stream, so nothing else can be read from it afterwards.
    ImageReader reader = PictureReaders.create(format);
    try {
      stream.setByteOrder(ByteOrder.BIG_ENDIAN);
      stream.seek(0);
      reader.setInput(stream, false, false);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      PictureLimits.requireAllowed(width, height);
      return new PictureHeader(format, width, height, orientation);
    } finally {
      reader.dispose();
    }
  }

  /** The size of the screen that the images of a GIF are drawn on. */
  private static PictureHeader ofGif(ImageInputStream stream) throws IOException {
    stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    stream.seek(6);
    int width = stream.readUnsignedShort();
    int height = stream.readUnsignedShort();
    PictureLimits.requireAllowed(width, height);
    return new PictureHeader(PictureFormat.GIF, width, height, ExifOrientation.UPRIGHT);
  }

  private static int orientation(PictureFormat format, ImageInputStream stream) throws IOException {
    return switch (format) {
      case JPEG -> JpegSegments.read(stream).orientation();
      case PNG -> PngChunks.read(stream, false).orientation();
      case WEBP -> WebpChunks.read(stream).orientation();
      case TIFF -> ExifOrientation.read(stream, 0);
      case GIF, BMP -> ExifOrientation.UPRIGHT;
    };
  }

  /** The width of the upright picture. */
  int uprightWidth() {
    return orientation >= 5 ? height : width;
  }

  /** The height of the upright picture. */
  int uprightHeight() {
    return orientation >= 5 ? width : height;
  }

  /** A stream of bytes in memory. */
  static ImageInputStream streamOf(byte[] bytes) {
    return new ByteArrayImageInputStream(bytes);
  }
}
