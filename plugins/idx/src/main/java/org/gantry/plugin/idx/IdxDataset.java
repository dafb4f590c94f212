package org.gantry.plugin.idx;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.DatasetField;
import org.gantry.data.IdxFile;
import org.gantry.data.InMemoryImages;
import org.gantry.data.IndexedDataset;

/**
 * Grey images in an IDX file, the format of MNIST, Fashion-MNIST, EMNIST and KMNIST. The fields are
 * {@code image} of shape (1, height, width) in [-1, 1] and, with a file of labels, {@code label}.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "idx",
    summary = "Grey images in an IDX file, the format of MNIST, plain or gzipped",
    gives = DatasetField.IMAGE)
final class IdxDataset implements IndexedDataset {

  private static final int BLACK = 0;

  record Options(
      @Description("the file of images") Path images,
      @Description("the file of labels, one per image; empty for none") @DefaultValue("")
          Path labels,
      @Description("the side in pixels, with a black border; 0 for the size in the file")
          @DefaultValue("0")
          @Min(0) @Max(1024) int size) {}

  private final InMemoryImages samples;

  @Inject
  IdxDataset(Options options) {
    ByteImages images = sized(IdxFile.read(options.images()).images(), options);
    samples =
        options.labels().toString().isEmpty()
            ? InMemoryImages.of(images)
            : labelled(images, options);
  }

  private static ByteImages sized(ByteImages images, Options options) {
    int size = options.size();
    if (size == 0) {
      return images;
    }
    if (images.height() > size || images.width() > size) {
      throw new UnusableComponentException(
          "%s has images of %d x %d pixels, which are larger than %d x %d; set size to 0 or at least %d"
              .formatted(
                  options.images(),
                  images.height(),
                  images.width(),
                  size,
                  size,
                  Math.max(images.height(), images.width())));
    }
    return images.pad(size, BLACK);
  }

  private static InMemoryImages labelled(ByteImages images, Options options) {
    int[] labels = IdxFile.read(options.labels()).labels();
    if (labels.length != images.count()) {
      throw new UnusableComponentException(
          "%s has %d images, but %s has %d labels; use two files of the same part"
              .formatted(options.images(), images.count(), options.labels(), labels.length));
    }
    int classes = IntStream.of(labels).max().orElseThrow() + 1;
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return InMemoryImages.of(images, labels, names);
  }

  @Override
  public List<DatasetField> fields() {
    return samples.fields();
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    samples.read(index, field, into);
  }
}
