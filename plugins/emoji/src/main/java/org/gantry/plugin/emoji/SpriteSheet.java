package org.gantry.plugin.emoji;

import java.util.List;
import java.util.Locale;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.BundledFile;
import org.gantry.data.ByteImages;
import org.gantry.data.TileSheet;

/** A bundled sheet of tiles: the emoji of one style. */
enum SpriteSheet {
  COLOR("openmoji-color.png", 3),
  LINE("openmoji-line.png", 1),
  TWEMOJI("twemoji-color.png", 3);

  /** The side of a tile in pixels. */
  private static final int TILE = 64;

  private final String file;
  private final int channels;

  SpriteSheet(String file, int channels) {
    this.file = file;
    this.channels = channels;
  }

  /**
   * The sheet of the other artist.
   *
   * @throws UnusableComponentException for line art, which only one artist drew
   */
  SpriteSheet otherArtist() {
    return switch (this) {
      case COLOR -> TWEMOJI;
      case TWEMOJI -> COLOR;
      case LINE ->
          throw new UnusableComponentException(
              "line art has no counterpart; choose style color or twemoji");
    };
  }

  /** The name of the field that holds this style next to the other artist's. */
  String fieldName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The images of emoji, in their order.
   *
   * @param size the side in pixels: 64 or a part of it
   */
  ByteImages read(List<EmojiDrawing> drawings, int size) {
    int[] tiles = drawings.stream().mapToInt(EmojiDrawing::tile).toArray();
    return TileSheet.images(new BundledFile(SpriteSheet.class, file), TILE, tiles, channels)
        .shrink(TILE / size);
  }
}
