package org.gantry.plugin.digits;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.BundledFile;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IdxFile;
import org.gantry.data.InMemoryImages;
import org.gantry.data.IndexedDataset;

/**
 * 10,000 handwritten digits, white on black: {@code image} of shape (1, size, size) in [-1, 1], and
 * {@code label} from 0 to 9. It is a subset of MNIST with about 1,000 samples of each digit.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "digits",
    summary = "10,000 handwritten digits of 28x28 pixels, a subset of MNIST",
    gives = {DatasetField.IMAGE, DatasetField.LABEL})
final class DigitsDataset implements IndexedDataset {

  private static final int BLACK = 0;

  record Options(
      @Description("the part of the data: train (nine tenths), test (the rest) or all")
          @DefaultValue("train")
          DatasetSplit split,
      @Description("the digits to keep; their labels follow this order; empty for all ten")
          @DefaultValue("[]")
          List<Integer> classes,
      @Description("the side in pixels; sizes above 28 add a black border")
          @DefaultValue("28")
          @Min(28) @Max(64) int size) {}

  private final InMemoryImages samples;
  private final Optional<Dataset> heldOut;

  @Inject
  DigitsDataset(Options options) {
    ByteImages images = file("digits-images-idx3-ubyte.gz").images().pad(options.size(), BLACK);
    int[] labels = file("digits-labels-idx1-ubyte.gz").labels();
    List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    InMemoryImages all = InMemoryImages.of(images, labels, names);
    samples = all.selectSplit(options.split()).selectClasses(options.classes());
    heldOut =
        options.split() == DatasetSplit.TRAIN
            ? Optional.of(all.selectSplit(DatasetSplit.TEST).selectClasses(options.classes()))
            : Optional.empty();
  }

  private static IdxFile file(String name) {
    return IdxFile.read(new BundledFile(DigitsDataset.class, name));
  }

  @Override
  public List<DatasetField> fields() {
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
  public void read(int index, DatasetField field, FloatBuffer into) {
    samples.read(index, field, into);
  }
}
