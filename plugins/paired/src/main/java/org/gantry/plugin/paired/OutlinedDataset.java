package org.gantry.plugin.paired;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/**
 * Another data set of images, with the outline of each image as a further field. An outline is the
 * largest difference of a pixel from its right and lower neighbour over all channels: black lines
 * on white.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "outlined",
    summary = "The images of another data set with their outlines, for translation",
    gives = {"image", "outline"})
final class OutlinedDataset implements IndexedDataset {

  record Options(@Description("the data set of images") IndexedDataset of) {}

  private static final String OUTLINE = "outline";

  private final IndexedDataset of;
  private final DatasetField image;

  @Inject
  OutlinedDataset(Options options) {
    this(options.of());
  }

  private OutlinedDataset(IndexedDataset of) {
    this.of = of;
    this.image =
        of.field(DatasetField.IMAGE)
            .filter(field -> field.shape().dimension() == 3)
            .orElseThrow(
                () -> new UnusableComponentException("outlines need a data set of images"));
  }

  @Override
  public List<DatasetField> fields() {
    List<DatasetField> fields = new ArrayList<>(of.fields());
    Shape shape = image.shape();
    fields.add(DatasetField.image(OUTLINE, 1, shape.get(1), shape.get(2)));
    return fields;
  }

  @Override
  public int size() {
    return of.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    if (!field.name().equals(OUTLINE)) {
      of.read(index, field, into);
      return;
    }
    FloatBuffer pixels = FloatBuffer.allocate(image.length());
    of.read(index, image, pixels);
    outline(pixels.array(), into);
  }

  @Override
  public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    if (!field.name().equals(OUTLINE)) {
      of.read(index, field, random, into);
      return;
    }
    FloatBuffer pixels = FloatBuffer.allocate(image.length());
    of.read(index, image, random, pixels);
    outline(pixels.array(), into);
  }

  private void outline(float[] pixels, FloatBuffer into) {
    int height = Math.toIntExact(image.shape().get(1));
    int width = Math.toIntExact(image.shape().get(2));
    float range = (float) (image.high() - image.low());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float difference = 0;
        for (int at = y * width + x; at < pixels.length; at += height * width) {
          float right = x + 1 < width ? Math.abs(pixels[at] - pixels[at + 1]) : 0;
          float below = y + 1 < height ? Math.abs(pixels[at] - pixels[at + width]) : 0;
          difference = Math.max(difference, Math.max(right, below));
        }
        into.put(1 - 2 * Math.min(1, 2 * difference / range));
      }
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
        .map(held -> new OutlinedDataset((IndexedDataset) held));
  }
}
