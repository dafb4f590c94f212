package org.gantry.plugin.emoji;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.gantry.data.ByteImages;

/** A sheet of square tiles, 64 a row, as the bundle stores the drawings of one style. */
enum SpriteSheet {
  COLOR("openmoji-color.png", 3),
  LINE("openmoji-line.png", 1),
  TWEMOJI("twemoji-color.png", 3);

  /** Pixels a side of a tile. */
  static final int TILE = 64;

  private static final int TILES_A_ROW = 64;

  private final String file;
  private final int channels;

  SpriteSheet(String file, int channels) {
    this.file = file;
    this.channels = channels;
  }

  /** The tiles of the given drawings. */
  ByteImages readTiles(List<EmojiDrawing> drawings) {
    BufferedImage sheet = decode();
    byte[] values = new byte[drawings.size() * channels * TILE * TILE];
    int at = 0;
    for (EmojiDrawing drawing : drawings) {
      int left = drawing.tile() % TILES_A_ROW * TILE;
      int top = drawing.tile() / TILES_A_ROW * TILE;
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
      throw new UncheckedIOException("reading the bundle's own " + file, e);
    }
  }
}
