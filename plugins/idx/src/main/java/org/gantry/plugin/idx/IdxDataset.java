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
 * Grey pictures in a file of the IDX format, as MNIST, Fashion-MNIST, EMNIST and KMNIST come:
 * {@code image} of shape (1, height, width) in [-1, 1], and {@code label} where a file of labels is
 * named.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "idx",
    summary = "Pictures in an IDX file, the format of MNIST, plain or gzipped",
    gives = DatasetField.IMAGE)
final class IdxDataset implements IndexedDataset {

  private static final int BLACK = 0;

  record Options(
      @Description("the file of images") Path images,
      @Description("the file of labels, one per image; empty for none") @DefaultValue("")
          Path labels,
      @Description("pixels a side, with a black border; 0 for the file's own size")
          @DefaultValue("0")
          @Min(0)
          @Max(1024)
          int size) {}

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
          "%s holds images of %d x %d pixels, which do not fit into %d x %d; size is 0 or at least %d"
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
          "%s holds %d images, but %s holds %d labels; are they of the same part?"
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
