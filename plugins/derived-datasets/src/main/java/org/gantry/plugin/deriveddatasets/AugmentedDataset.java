package org.gantry.plugin.deriveddatasets;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.PositiveOrZero;
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
 * The samples of another data set, whose images change at random each time that a training reads
 * them. All images of a sample change alike, so both sides of a pair still belong together. The
 * changes depend on the seed and the step, so a resumed training has the same. Pictures and metrics
 * show the middle of each image, as it is.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "augmented",
    summary = "Another data set whose images are cropped, mirrored and recoloured at random, alike",
    paper = "arXiv:1611.07004, section 6.2")
final class AugmentedDataset implements IndexedDataset {

  record Options(
      @Description("the data set of images; finite") IndexedDataset of,
      @Description("the height in pixels of the random part of each image; 0 for whole images")
          @DefaultValue("0")
          @PositiveOrZero int size,
      @Description("the width of the part in pixels; 0 for the same as size")
          @DefaultValue("0")
          @PositiveOrZero int width,
      @Description("whether images are mirrored with probability one half") @DefaultValue("false")
          boolean mirrored,
      @Description("the most that is added or subtracted, as a share of the range of the values")
          @DefaultValue("0")
          @DecimalMin("0") @DecimalMax("1") double brightness,
      @Description("the most that contrast is raised or lowered, as a share of it")
          @DefaultValue("0")
          @DecimalMin("0") @DecimalMax("1") double contrast) {}

  private final IndexedDataset inner;
  private final Options options;
  private final List<DatasetField> fields;

  /** How many rows and columns images have more than their parts. */
  private final int spareRows;

  private final int spareColumns;

  @Inject
  AugmentedDataset(Options options) {
    this(options.of(), options);
  }

  private AugmentedDataset(IndexedDataset inner, Options options) {
    this.inner = inner;
    this.options = options;
    Shape image = imageShape(inner);
    boolean whole = options.size() == 0;
    long height = whole ? image.get(1) : options.size();
    long width = whole ? image.get(2) : options.width() == 0 ? height : options.width();
    spareRows = Math.toIntExact(image.get(1) - height);
    spareColumns = Math.toIntExact(image.get(2) - width);
    if (spareRows < 0 || spareColumns < 0) {
      throw new UnusableComponentException(
          "a part of %d x %d pixels is larger than the images of %d x %d; make the images larger, or the part smaller"
              .formatted(width, height, image.get(2), image.get(1)));
    }
    Shape part = new Shape(height, width);
    fields =
        inner.fields().stream().map(field -> isImage(field) ? cut(field, part) : field).toList();
  }

  private static boolean isImage(DatasetField field) {
    return field.type() == ValueType.IMAGE && field.shape().dimension() == 3;
  }

  /** The shape of all images of a sample, except for their channels. */
  private static Shape imageShape(IndexedDataset inner) {
    List<DatasetField> images = inner.fields().stream().filter(f -> isImage(f)).toList();
    if (images.isEmpty()) {
      throw new UnusableComponentException("the data set has no images of rows and columns");
    }
    DatasetField first = images.get(0);
    for (DatasetField other : images) {
      if (!other.shape().slice(1).equals(first.shape().slice(1))) {
        throw new UnusableComponentException(
            "the images of a sample differ in size: %s has the shape %s, and %s %s"
                .formatted(first.name(), first.shape(), other.name(), other.shape()));
      }
    }
    return first.shape();
  }

  private static DatasetField cut(DatasetField whole, Shape part) {
    return new DatasetField(
        whole.name(),
        whole.type(),
        new Shape(whole.shape().get(0)).addAll(part),
        whole.low(),
        whole.high(),
        whole.classNames());
  }

  @Override
  public List<DatasetField> fields() {
    return fields;
  }

  @Override
  public int size() {
    return inner.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    if (!isImage(field)) {
      inner.read(index, field, into);
      return;
    }
    DatasetField whole = inner.field(field.name()).orElseThrow();
    FloatBuffer image = FloatBuffer.allocate(whole.length());
    inner.read(index, whole, image);
    ImageVariation.plain(spareRows, spareColumns).apply(image.array(), whole, field, into);
  }

  @Override
  public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    ImageVariation variation = ImageVariation.draw(random, spareRows, spareColumns, options);
    if (!isImage(field)) {
      inner.read(index, field, random, into);
      return;
    }
    DatasetField whole = inner.field(field.name()).orElseThrow();
    FloatBuffer image = FloatBuffer.allocate(whole.length());
    inner.read(index, whole, random, image);
    variation.apply(image.array(), whole, field, into);
  }

  @Override
  public String caption(int index) {
    return inner.caption(index);
  }

  @Override
  public Optional<Dataset> heldOut() {
    return inner
        .heldOut()
        .filter(IndexedDataset.class::isInstance)
        .map(held -> new AugmentedDataset((IndexedDataset) held, options));
  }
}
