package org.gantry.plugin.digits;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.data.Dataset;
import org.gantry.data.Field;
import org.gantry.data.IdxFile;
import org.gantry.data.Images;
import org.gantry.data.InMemoryImages;
import org.gantry.data.IndexedDataset;
import org.gantry.data.Split;

/**
 * 10,000 handwritten digits, white on black: {@code image} of shape (1, size, size) in [-1, 1] and
 * {@code label} from 0 to 9. A subset of MNIST, about 1,000 of each digit.
 */
@Component(
    kind = Kind.DATASET,
    name = "digits",
    summary = "10,000 handwritten digits of 28x28 pixels, a subset of MNIST",
    gives = {Field.IMAGE, Field.LABEL})
final class DigitsDataset implements IndexedDataset {

  private static final int BLACK = 0;

  record Options(
      @Doc("which part: train (nine tenths), test (the rest) or all") @Default("train") Split split,
      @Doc("the digits to keep, numbered anew in this order; empty for all ten") @Default("[]")
          List<Integer> classes,
      @Doc("pixels a side; above 28, with a black border") @Default("28") @Min(28) @Max(64)
          int size) {}

  private final InMemoryImages samples;
  private final Optional<Dataset> heldOut;

  @Inject
  DigitsDataset(Options options) {
    Images images = file("digits-images-idx3-ubyte.gz").images().pad(options.size(), BLACK);
    int[] labels = file("digits-labels-idx1-ubyte.gz").labels();
    List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    InMemoryImages all = InMemoryImages.of(images, labels, names);
    samples = all.part(options.split()).classes(options.classes());
    heldOut =
        options.split() == Split.TRAIN
            ? Optional.of(all.part(Split.TEST).classes(options.classes()))
            : Optional.empty();
  }

  private static IdxFile file(String name) {
    try (InputStream stream = DigitsDataset.class.getResourceAsStream(name)) {
      return IdxFile.read(stream, name);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the bundle's own " + name, e);
    }
  }

  @Override
  public List<Field> fields() {
    return samples.fields();
  }

  @Override
  public Optional<Dataset> heldOut() {
    return heldOut;
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
