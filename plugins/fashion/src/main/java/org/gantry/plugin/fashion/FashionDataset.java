package org.gantry.plugin.fashion;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.BundledFile;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IdxFile;
import org.gantry.data.InMemoryImages;
import org.gantry.data.IndexedDataset;

/**
 * 10,000 grey photographs of clothes on black: {@code image} of shape (1, size, size) in [-1, 1],
 * and {@code label} over ten kinds of clothes with 1,000 samples each. It is the test set of
 * Fashion-MNIST.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "fashion",
    summary = "10,000 photographs of clothes of 28x28 pixels, the test set of Fashion-MNIST",
    paper = "arXiv:1708.07747",
    gives = {DatasetField.IMAGE, DatasetField.LABEL})
final class FashionDataset implements IndexedDataset {

  private static final int BLACK = 0;

  /** The kinds of clothes, in the order of the labels in the file. */
  private static final List<String> NAMES =
      List.of(
          "t-shirt",
          "trousers",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle-boot");

  record Options(
      @Description("the part of the data: train (nine tenths), test (the rest) or all")
          @DefaultValue("train")
          DatasetSplit split,
      @Description(
              "the clothes to keep, of t-shirt, trousers, pullover, dress, coat, sandal,"
                  + " shirt, sneaker, bag, ankle-boot; their labels follow this order; empty for"
                  + " all")
          @DefaultValue("[]")
          List<String> classes,
      @Description("the side in pixels; sizes above 28 add a black border")
          @DefaultValue("28")
          @Min(28) @Max(64) int size) {}

  private final InMemoryImages samples;
  private final Optional<Dataset> heldOut;

  @Inject
  FashionDataset(Options options) {
    ByteImages images = file("t10k-images-idx3-ubyte.gz").images().pad(options.size(), BLACK);
    int[] labels = file("t10k-labels-idx1-ubyte.gz").labels();
    List<Integer> classes = options.classes().stream().map(FashionDataset::indexOf).toList();
    InMemoryImages all = InMemoryImages.of(images, labels, NAMES);
    samples = all.selectSplit(options.split()).selectClasses(classes);
    heldOut =
        options.split() == DatasetSplit.TRAIN
            ? Optional.of(all.selectSplit(DatasetSplit.TEST).selectClasses(classes))
            : Optional.empty();
  }

  private static int indexOf(String name) {
    if (!NAMES.contains(name)) {
      throw new UnusableComponentException(
          "fashion has no class '%s'; the classes are %s"
              .formatted(name, String.join(", ", NAMES)));
    }
    return NAMES.indexOf(name);
  }

  private static IdxFile file(String name) {
    return IdxFile.read(new BundledFile(FashionDataset.class, name));
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
