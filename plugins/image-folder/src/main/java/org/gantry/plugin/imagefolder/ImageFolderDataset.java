package org.gantry.plugin.imagefolder;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DataInventory;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.plugin.imagefolder.RgbPicture.ColorMode;
import org.gantry.plugin.imagefolder.RgbPicture.FitMode;

/**
 * The pictures below a folder, in a zip archive, or in a packed data set, sorted by path: {@code
 * image} of shape (channels, height, width) in [-1, 1]. If the pictures lie in sub-folders, these
 * are the classes of {@code label}, in alphabetical order.
 *
 * <p>The constructor checks the headers and the ends of all files. A picture is decoded when it is
 * first read, and then stays in memory with 8 bits per value if there is room. By default a picture
 * that cannot be decoded ends the training. With {@code unreadable: skip} all pictures are decoded
 * at the start, and unreadable ones are left out.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "image-folder",
    summary = "The pictures below a folder, in a zip or in a packed file; sub-folders are classes",
    gives = DatasetField.IMAGE)
final class ImageFolderDataset implements IndexedDataset, FileDataset {

  record Options(
      @Description("the folder, one picture, a zip archive, or a file of 'gantry data pack'")
          Path path,
      @Description("the height in pixels, and the width unless that is set")
          @DefaultValue("64")
          @Min(1) @Max(8192) int size,
      @Description("the width in pixels; 0 for the same as the height")
          @DefaultValue("0")
          @Min(0) @Max(8192) int width,
      @Description("how pictures of another shape fit: crop, pad with white, or stretch")
          @DefaultValue("crop")
          FitMode fit,
      @Description("rgb, grey, or alpha for how opaque the pictures are") @DefaultValue("rgb")
          ColorMode channels,
      @Description("fail or skip: what to do with a picture that cannot be decoded")
          @DefaultValue("fail")
          UnreadablePolicy unreadable) {

    int height() {
      return size;
    }

    int columns() {
      return width == 0 ? size : width;
    }
  }

  /** What to do with a picture that cannot be decoded. */
  enum UnreadablePolicy {
    /** End the training and name the file. */
    FAIL,
    /** Leave it out and report it. */
    SKIP
  }

  private final DataInventory inventory;
  private final SampleBytes samples;
  private final List<DatasetField> fields;

  @Inject
  ImageFolderDataset(Options options) {
    this(SampleBytes.open(options), options);
  }

  /** Creates a data set of samples that were opened with the options. */
  ImageFolderDataset(SampleBytes samples, Options options) {
    this.samples = samples;
    inventory = samples.inventory();
    DatasetField image =
        DatasetField.image(options.channels().count(), options.height(), options.columns());
    fields =
        inventory.classNames().isEmpty()
            ? List.of(image)
            : List.of(image, DatasetField.label(inventory.classNames()));
  }

  @Override
  public List<DatasetField> fields() {
    return fields;
  }

  @Override
  public int size() {
    return inventory.pictures().size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.gantry.component.UnusableComponentException if the picture cannot be decoded; the
   *     message names the file
   */
  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    if (field.name().equals(DatasetField.LABEL)) {
      into.put(inventory.pictures().get(index).label());
      return;
    }
    for (byte value : samples.bytes(index)) {
      into.put((value & 0xFF) / 127.5f - 1);
    }
  }

  @Override
  public DataInventory inventory() {
    return inventory;
  }
}
