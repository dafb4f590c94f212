package org.gantry.plugin.deriveddatasets;

import jakarta.inject.Inject;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.ValueType;

/**
 * Another data set in which one of its further images takes the place of {@code image}, which a
 * generator imitates. The former image keeps another name, so that translations can be compared
 * with it.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "swapped",
    summary = "Another data set with one of its further images in the place of the image",
    gives = DatasetField.IMAGE)
final class SwappedDataset implements IndexedDataset {

  record Options(
      @Description("the data set, with several images in each sample") IndexedDataset of,
      @Description("the field that becomes the image, such as outline") String field,
      @Description("the new name of the former image") @DefaultValue("original") String former) {}

  private final IndexedDataset of;
  private final String field;
  private final String former;

  @Inject
  SwappedDataset(Options options) {
    this(options.of(), options.field(), options.former());
  }

  private SwappedDataset(IndexedDataset of, String field, String former) {
    this.of = of;
    this.field = field;
    this.former = former;
    List<String> images =
        of.fields().stream()
            .filter(f -> f.type() == ValueType.IMAGE && !f.name().equals(DatasetField.IMAGE))
            .map(DatasetField::name)
            .toList();
    if (!images.contains(field)) {
      throw new UnusableComponentException(
          "the data set has no further image '%s'; %s"
              .formatted(
                  field,
                  images.isEmpty()
                      ? "its samples have one image each"
                      : "it has " + String.join(", ", images)));
    }
    if (!former.equals(field) && of.field(former).isPresent()) {
      throw new UnusableComponentException(
          "the data have a field '%s' already; choose another name for the former image"
              .formatted(former));
    }
  }

  /** The name in the other data set of a field of this one. */
  private String source(String name) {
    return name.equals(DatasetField.IMAGE)
        ? field
        : name.equals(former) ? DatasetField.IMAGE : name;
  }

  private DatasetField renamed(DatasetField source) {
    return source.name().equals(field)
        ? source.withName(DatasetField.IMAGE)
        : source.name().equals(DatasetField.IMAGE) ? source.withName(former) : source;
  }

  @Override
  public List<DatasetField> fields() {
    return of.fields().stream().map(this::renamed).toList();
  }

  @Override
  public int size() {
    return of.size();
  }

  @Override
  public void read(int index, DatasetField wanted, FloatBuffer into) {
    of.read(index, of.field(source(wanted.name())).orElseThrow(), into);
  }

  @Override
  public void read(int index, DatasetField wanted, RandomGenerator random, FloatBuffer into) {
    of.read(index, of.field(source(wanted.name())).orElseThrow(), random, into);
  }

  @Override
  public String caption(int index) {
    return of.caption(index);
  }

  @Override
  public Optional<Dataset> heldOut() {
    return of.heldOut()
        .filter(IndexedDataset.class::isInstance)
        .map(held -> new SwappedDataset((IndexedDataset) held, field, former));
  }
}
