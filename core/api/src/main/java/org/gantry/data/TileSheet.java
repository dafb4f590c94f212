package org.gantry.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture that consists of square tiles, one for each sample of a data set. Tiles are counted row
 * by row. Immutable.
 */
public final class TileSheet {

  private static final int COLOUR_CHANNELS = 3;

  private final BufferedImage picture;
  private final int side;

  private TileSheet(BufferedImage picture, int side) {
    this.picture = picture;
    this.side = side;
  }

  /**
   * Decodes a picture, such as a PNG file.
   *
   * @param stream the file; the caller closes it
   * @param side the side of a tile in pixels; divides the height and the width of the picture
   * @throws IOException if the stream cannot be read, or is not a picture of whole tiles
   */
  public static TileSheet read(InputStream stream, int side) throws IOException {
    // By default ImageIO copies a stream into a temporary file.
    BufferedImage picture = ImageIO.read(new MemoryCacheImageInputStream(stream));
    if (picture == null) {
      throw new IOException("expected a picture in a format that Java reads, such as PNG");
    }
    if (picture.getWidth() % side != 0 || picture.getHeight() % side != 0) {
      throw new IOException(
          "expected tiles of %d x %d pixels, found a picture of %d x %d"
              .formatted(side, side, picture.getWidth(), picture.getHeight()));
    }
    return new TileSheet(picture, side);
  }

  /**
   * Returns some tiles of a picture in a bundle as images of shape (channels, side, side). The
   * picture is decoded when one of the images is first read.
   *
   * @param side the side of a tile in pixels; divides the height and the width of the picture
   * @param tiles the number of each tile
   * @param channels 3 for red, green and blue; 1 for the blue channel
   */
  public static ByteImages images(BundledFile file, int side, int[] tiles, int channels) {
    requireChannels(channels);
    int[] chosen = tiles.clone();
    return ByteImages.deferred(
        chosen.length,
        channels,
        side,
        side,
        () -> file.read(stream -> read(stream, side)).values(chosen, channels));
  }

  /** Returns the number of tiles. */
  public int count() {
    return tilesPerRow() * (picture.getHeight() / side);
  }

  private int tilesPerRow() {
    return picture.getWidth() / side;
  }

  /**
   * Returns some tiles as images of shape (channels, side, side).
   *
   * @param tiles the number of each tile, from 0 to {@link #count} - 1
   * @param channels 3 for red, green and blue; 1 for the blue channel, which of a grey picture is
   *     the grey value
   */
  public ByteImages images(int[] tiles, int channels) {
    requireChannels(channels);
    return new ByteImages(tiles.length, channels, side, side, values(tiles, channels));
  }

  private static void requireChannels(int channels) {
    if (channels != 1 && channels != COLOUR_CHANNELS) {
      throw new IllegalArgumentException("expected 1 or 3 channels, found " + channels);
    }
  }

  private byte[] values(int[] tiles, int channels) {
    byte[] values = new byte[Math.multiplyExact(tiles.length * channels, side * side)];
    int at = 0;
    for (int tile : tiles) {
      int left = tile % tilesPerRow() * side;
      int top = tile / tilesPerRow() * side;
      int[] pixels = picture.getRGB(left, top, side, side, null, 0, side);
      for (int channel = channels - 1; channel >= 0; channel--) {
        for (int pixel : pixels) {
          values[at++] = (byte) (pixel >> (8 * channel));
        }
      }
    }
    return values;
  }
}
