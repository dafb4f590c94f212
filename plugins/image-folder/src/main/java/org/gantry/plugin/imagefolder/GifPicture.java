package org.gantry.plugin.imagefolder;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes the first image of a GIF file. The platform's reader invents the pixels that a truncated
 * file lacks, and takes a wrong colour for another one.
 */
final class GifPicture {

  private static final int WHITE = 0xFFFFFF;
  private static final int IMAGE = 0x2C;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int INTERLACED = 0x40;

  private final byte[] file;
  private final boolean opacity;
  private int position;

  private GifPicture(byte[] file, boolean opacity, int position) {
    this.file = file;
    this.opacity = opacity;
    this.position = position;
  }

  /**
   * Decodes the picture as it is first shown. What the first image does not cover is white.
   *
   * @param opacity whether pixels become white where the image covers them, and black elsewhere
   * @throws UnreadablePictureException if a pixel or a colour is missing
   */
  static RgbPicture decode(byte[] file, boolean opacity) throws IOException {
    try {
      return new GifPicture(file, opacity, 6).decode();
    } catch (EOFException e) {
      throw new UnreadablePictureException("it is truncated: its image is not complete", e);
    }
  }

  private RgbPicture decode() throws IOException {
    int width = nextShort();
    int height = nextShort();
    PictureLimits.requireAllowed(width, height);
    int flags = next();
    position += 2;
    int[] palette = palette(flags);
    int transparent = -1;
    while (true) {
      int block = next();
      if (block == EXTENSION && next() == GRAPHIC_CONTROL) {
        transparent = (peek(1) & 1) == 1 ? peek(4) : -1;
        skipData();
      } else if (block == EXTENSION) {
        skipData();
      } else if (block == IMAGE) {
        return image(width, height, palette, transparent);
      } else {
        throw new UnreadablePictureException("it has no image");
      }
    }
  }

  private RgbPicture image(int width, int height, int[] common, int transparent)
      throws IOException {
    int left = nextShort();
    int top = nextShort();
    int columns = nextShort();
    int rows = nextShort();
    int flags = next();
    int[] own = palette(flags);
    int[] palette = own.length > 0 ? own : common;
    PictureLimits.requireAllowed(columns, rows);
    byte[] indices = indices(columns * rows);
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, opacity ? 0 : WHITE);
    int[] order = rowOrder(rows, (flags & INTERLACED) != 0);
    for (int i = 0; i < indices.length; i++) {
      int index = indices[i] & 0xFF;
      int x = left + i % columns;
      int y = top + order[i / columns];
      if (index >= palette.length && index != transparent) {
        throw new UnreadablePictureException(
            "it has a pixel of colour %d, and its palette has %d colours"
                .formatted(index, palette.length));
      } else if (index != transparent && x < width && y < height) {
        pixels[y * width + x] = opacity ? WHITE : palette[index];
      }
    }
    return new RgbPicture(width, height, pixels);
  }

  /** The place of each stored row. */
  private static int[] rowOrder(int rows, boolean interlaced) {
    int[] order = new int[rows];
    int stored = 0;
    int[][] passes =
        interlaced ? new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}} : new int[][] {{0, 1}};
    for (int[] pass : passes) {
      for (int row = pass[0]; row < rows; row += pass[1]) {
        order[stored++] = row;
      }
    }
    return order;
  }

  /** Decompresses the colour indices of an image. */
  private byte[] indices(int count) throws IOException {
    int literalBits = next();
    byte[] data = data();
    byte[] indices = new byte[count];
    int written = LzwCodes.decode(data, literalBits, indices);
    if (written < count) {
      throw new UnreadablePictureException(
          "it is truncated: it has %,d of %,d pixels".formatted(written, count));
    }
    return indices;
  }

  /** The data of the following sub-blocks. */
  private byte[] data() throws EOFException {
    int start = position;
    int total = 0;
    for (int length = next(); length > 0; length = next()) {
      total += length;
      position += length;
    }
    byte[] data = new byte[total];
    position = start;
    int at = 0;
    for (int length = next(); length > 0; length = next()) {
      System.arraycopy(file, position, data, at, length);
      at += length;
      position += length;
    }
    return data;
  }

  private void skipData() throws EOFException {
    for (int length = next(); length > 0; length = next()) {
      position += length;
    }
  }

  private int[] palette(int flags) throws EOFException {
    int[] colours = new int[(flags & 0x80) == 0 ? 0 : 2 << (flags & 7)];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = next() << 16 | next() << 8 | next();
    }
    return colours;
  }

  private int nextShort() throws EOFException {
    return next() | next() << 8;
  }

  private int next() throws EOFException {
    int value = peek(0);
    position++;
    return value;
  }

  private int peek(int ahead) throws EOFException {
    if (position + ahead >= file.length) {
      throw new EOFException();
    }
    return file[position + ahead] & 0xFF;
  }
}
