package org.gantry.plugin.emoji;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.gantry.data.ByteImages;
import org.gantry.data.TileSheet;

/** A bundled sheet of tiles: the emoji of one style. */
enum SpriteSheet {
  COLOR("openmoji-color.png", 3),
  LINE("openmoji-line.png", 1),
  TWEMOJI("twemoji-color.png", 3);

  /** The side of a tile in pixels. */
  static final int TILE = 64;

  private final String file;
  private final int channels;

  SpriteSheet(String file, int channels) {
    this.file = file;
    this.channels = channels;
  }

  /** The tiles of the given emoji. */
  ByteImages readTiles(List<EmojiDrawing> drawings) {
    try (InputStream stream = SpriteSheet.class.getResourceAsStream(file)) {
      int[] tiles = drawings.stream().mapToInt(EmojiDrawing::tile).toArray();
      return TileSheet.read(stream, TILE).images(tiles, channels);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled " + file, e);
    }
  }
}
