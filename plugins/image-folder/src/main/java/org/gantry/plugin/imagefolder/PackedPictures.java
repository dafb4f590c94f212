package org.gantry.plugin.imagefolder;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory;
import org.gantry.data.DatasetField;
import org.gantry.data.PackedImages;
import org.gantry.plugin.imagefolder.ImageFolderDataset.Options;

/** The pictures of a packed data set, scaled down if they are larger than wanted. */
final class PackedPictures implements SampleBytes {

  private final PackedImages packed;
  private final Options options;
  private final int width;
  private final int height;
  private final boolean unchanged;

  private PackedPictures(PackedImages packed, Options options) {
    this.packed = packed;
    this.options = options;
    Shape stored = packed.field(DatasetField.IMAGE).orElseThrow().shape();
    height = (int) stored.get(1);
    width = (int) stored.get(2);
    unchanged =
        width == options.columns()
            && height == options.height()
            && stored.get(0) == options.channels().count();
  }

  static PackedPictures open(Path file, Options options) {
    if (options.channels() == RgbPicture.ColorMode.ALPHA) {
      throw new UnusableComponentException(
          file + " is a packed data set, which has no transparency; set channels: rgb or grey");
    }
    PackedPictures pictures = new PackedPictures(PackedImages.read(file), options);
    if (pictures.height < options.height() || pictures.width < options.columns()) {
      throw new UnusableComponentException(
          "%s has pictures of %d x %d pixels, smaller than %d x %d; set size: %d%s, or pack larger ones"
              .formatted(
                  file,
                  pictures.width,
                  pictures.height,
                  options.columns(),
                  options.height(),
                  pictures.height,
                  pictures.width == pictures.height ? "" : " and width: " + pictures.width));
    }
    return pictures;
  }

  @Override
  public DataInventory inventory() {
    return packed.inventory();
  }

  @Override
  public byte[] bytes(int index) {
    byte[] bytes = packed.bytes(index);
    if (unchanged) {
      return bytes;
    }
    try {
      return RgbPicture.ofValues(width, height, bytes)
          .fitted(options.columns(), options.height(), options.fit())
          .values(options.channels());
    } catch (UnreadablePictureException e) {
      throw new UnusableComponentException(packed.origin() + ": " + e.getMessage());
    }
  }
}
