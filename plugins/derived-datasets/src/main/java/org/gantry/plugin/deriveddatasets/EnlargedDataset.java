package org.gantry.plugin.deriveddatasets;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

/**
 * The images of another data set in a larger size, by bicubic interpolation, for networks of a size
 * that the data lack. It adds no details. Other fields stay as they are.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "enlarged",
    summary = "The images of another data set in a larger size, which adds no details",
    gives = DatasetField.IMAGE)
final class EnlargedDataset implements IndexedDataset {

  record Options(
      @Description("the data set of images") IndexedDataset of,
      @Description("how many times larger the sides are") @DefaultValue("2") @Min(2) @Max(16) int factor) {}

  private final IndexedDataset of;
  private final int factor;
  private final DatasetField image;
  private final DatasetField larger;

  @Inject
  EnlargedDataset(Options options) {
    this(options.of(), options.factor());
  }

  private EnlargedDataset(IndexedDataset of, int factor) {
    this.of = of;
    this.factor = factor;
    image =
        of.field(DatasetField.IMAGE)
            .filter(field -> field.shape().dimension() == 3)
            .orElseThrow(() -> new UnusableComponentException("it needs a data set of images"));
    Shape shape = image.shape();
    larger =
        DatasetField.image(
            DatasetField.IMAGE, shape.get(0), factor * shape.get(1), factor * shape.get(2));
  }

  @Override
  public List<DatasetField> fields() {
    return of.fields().stream().map(field -> field.equals(image) ? larger : field).toList();
  }

  @Override
  public int size() {
    return of.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    if (field.equals(larger)) {
      FloatBuffer pixels = FloatBuffer.allocate(image.length());
      of.read(index, image, pixels);
      new BicubicResize(image, larger.shape()).apply(pixels.array(), into);
    } else {
      of.read(index, field, into);
    }
  }

  @Override
  public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    if (field.equals(larger)) {
      FloatBuffer pixels = FloatBuffer.allocate(image.length());
      of.read(index, image, random, pixels);
      new BicubicResize(image, larger.shape()).apply(pixels.array(), into);
    } else {
      of.read(index, field, random, into);
    }
  }

  @Override
  public String caption(int index) {
    return of.caption(index);
  }

  @Override
  public Optional<Dataset> heldOut() {
    return of.heldOut()
        .filter(IndexedDataset.class::isInstance)
        .map(held -> new EnlargedDataset((IndexedDataset) held, factor));
  }
}
