package org.gantry.plugin.emoji;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.gantry.data.ByteImages;

/** A bundled image with square tiles, 64 per row: the emoji of one style. */
enum SpriteSheet {
  COLOR("openmoji-color.png", 3),
  LINE("openmoji-line.png", 1),
  TWEMOJI("twemoji-color.png", 3);

  /** The side of a tile in pixels. */
  static final int TILE = 64;

  private static final int TILES_PER_ROW = 64;

  private final String file;
  private final int channels;

  SpriteSheet(String file, int channels) {
    this.file = file;
    this.channels = channels;
  }

  /** The tiles of the given emoji. */
  ByteImages readTiles(List<EmojiDrawing> drawings) {
    BufferedImage sheet = decode();
    byte[] values = new byte[drawings.size() * channels * TILE * TILE];
    int at = 0;
    for (EmojiDrawing drawing : drawings) {
      int left = drawing.tile() % TILES_PER_ROW * TILE;
      int top = drawing.tile() / TILES_PER_ROW * TILE;
      int[] pixels = sheet.getRGB(left, top, TILE, TILE, null, 0, TILE);
      for (int channel = channels - 1; channel >= 0; channel--) {
        for (int pixel : pixels) {
          values[at++] = (byte) (pixel >> (8 * channel));
        }
      }
    }
    return new ByteImages(drawings.size(), channels, TILE, TILE, values);
  }

  private BufferedImage decode() {
    try (InputStream stream = SpriteSheet.class.getResourceAsStream(file)) {
      return ImageIO.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled " + file, e);
    }
  }
}
