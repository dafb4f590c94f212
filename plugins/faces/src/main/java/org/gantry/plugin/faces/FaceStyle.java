package org.gantry.plugin.faces;

import java.util.List;
import java.util.Locale;
import org.gantry.data.BundledFile;
import org.gantry.data.ByteImages;
import org.gantry.data.TileSheet;

/** A style in which each face is drawn, with a bundled sheet of tiles. */
enum FaceStyle {
  /** Pixel art by DiceBear. */
  PIXEL("pixel.png", 16),
  /** Drawn by hand, by Pablo Stanley. It does not show the colour of the hair. */
  DRAWN("drawn.png", 64);

  private static final int CHANNELS = 3;

  private final String file;

  /** The side of a tile in pixels. */
  private final int tile;

  FaceStyle(String file, int tile) {
    this.file = file;
    this.tile = tile;
  }

  /** The name of the field that holds this style next to the other one. */
  String fieldName() {
    return name().toLowerCase(Locale.ROOT);
  }

  FaceStyle other() {
    return this == PIXEL ? DRAWN : PIXEL;
  }

  /**
   * The images of faces, in their order.
   *
   * @param size the side in pixels: 16, 32 or 64
   */
  ByteImages read(List<Face> faces, int size) {
    int[] tiles = faces.stream().mapToInt(Face::tile).toArray();
    ByteImages images =
        TileSheet.images(new BundledFile(FaceStyle.class, file), tile, tiles, CHANNELS);
    return size < tile ? images.shrink(tile / size) : images.enlarge(size / tile);
  }

  /** What this style shows of a face, in words. */
  String caption(Face face) {
    return this == PIXEL
        ? face.caption()
        : face.caption().replace(" " + face.value(FaceAttribute.HAIR_COLOUR) + " hair", " hair");
  }
}
