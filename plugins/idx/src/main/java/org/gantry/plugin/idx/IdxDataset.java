package org.gantry.plugin.idx;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.component.Misfit;
import org.gantry.data.Field;
import org.gantry.data.IdxFile;
import org.gantry.data.Images;
import org.gantry.data.InMemoryImages;
import org.gantry.data.IndexedDataset;

/**
 * Grey pictures in a file of the IDX format, as MNIST, Fashion-MNIST, EMNIST and KMNIST come:
 * {@code image} of shape (1, height, width) in [-1, 1], and {@code label} where a file of labels is
 * named.
 */
@Component(
    kind = Kind.DATASET,
    name = "idx",
    summary = "Pictures in an IDX file, the format of MNIST, plain or gzipped",
    gives = Field.IMAGE)
final class IdxDataset implements IndexedDataset {

  private static final int BLACK = 0;

  record Options(
      @Doc("the file of images") Path images,
      @Doc("the file of labels, one per image; empty for none") @Default("") Path labels,
      @Doc("pixels a side, with a black border; 0 for the file's own size")
          @Default("0")
          @Min(0)
          @Max(1024)
          int size) {}

  private final InMemoryImages samples;

  @Inject
  IdxDataset(Options options) {
    Images images = sized(IdxFile.read(options.images()).images(), options);
    samples =
        options.labels().toString().isEmpty()
            ? InMemoryImages.of(images)
            : labelled(images, options);
  }

  private static Images sized(Images images, Options options) {
    int size = options.size();
    if (size == 0) {
      return images;
    }
    if (images.height() > size || images.width() > size) {
      throw new Misfit(
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

  private static InMemoryImages labelled(Images images, Options options) {
    int[] labels = IdxFile.read(options.labels()).labels();
    if (labels.length != images.count()) {
      throw new Misfit(
          "%s holds %d images, but %s holds %d labels; are they of the same part?"
              .formatted(options.images(), images.count(), options.labels(), labels.length));
    }
    int classes = IntStream.of(labels).max().orElseThrow() + 1;
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return InMemoryImages.of(images, labels, names);
  }

  @Override
  public List<Field> fields() {
    return samples.fields();
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public void read(int index, Field field, FloatBuffer into) {
    samples.read(index, field, into);
  }
}
