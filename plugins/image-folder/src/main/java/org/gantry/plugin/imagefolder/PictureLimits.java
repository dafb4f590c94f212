package org.gantry.plugin.imagefolder;

/** The sizes of files and pictures that are read. A small file can announce a huge picture. */
final class PictureLimits {

  /** 8192 x 8192 pixels. */
  static final long MOST_PIXELS = 1L << 26;

  static final long MOST_FILE_BYTES = 1L << 29;

  private PictureLimits() {}

  static void requireAllowed(long width, long height) throws UnreadablePictureException {
    if (width < 1 || height < 1) {
      throw new UnreadablePictureException(
          "its header announces %d x %d pixels".formatted(width, height));
    } else if (width * height > MOST_PIXELS) {
      throw new UnreadablePictureException(
          "it has %,d x %,d pixels, and at most %,d (8192 x 8192) are allowed; scale it down"
              .formatted(width, height, MOST_PIXELS));
    }
  }

  static void requireAllowedFile(long bytes) throws UnreadablePictureException {
    if (bytes > MOST_FILE_BYTES) {
      throw new UnreadablePictureException(
          "it has %,d bytes, and at most %,d are allowed".formatted(bytes, MOST_FILE_BYTES));
    }
  }
}
