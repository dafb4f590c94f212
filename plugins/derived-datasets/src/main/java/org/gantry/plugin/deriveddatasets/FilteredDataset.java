package org.gantry.plugin.deriveddatasets;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.tensor.RandomStreams;

/** The images of another data set with a further field that is computed from each image. */
class FilteredDataset implements IndexedDataset {

  /** Computes an image from another one. */
  interface ImageFilter {

    /**
     * Computes one image.
     *
     * @param pixels the values of the other one, channel by channel and row by row
     * @param image what the values are
     * @param into receives the values in [-1, 1]
     */
    void apply(float[] pixels, DatasetField image, FloatBuffer into);
  }

  /**
   * An image of the other data set.
   *
   * @param of the other data set
   * @param index the number of the sample
   * @param image what the values are
   * @param pixels the values, channel by channel and row by row; not copied
   * @param random a random generator of the sample: each reading of it without a generator gets the
   *     same one
   */
  @SuppressWarnings("ArrayRecordComponent")
  record SourceImage(
      IndexedDataset of, int index, DatasetField image, float[] pixels, RandomGenerator random) {}

  /** Computes an image from another one, from chance, and from other images of the set. */
  interface RandomFilter {

    /**
     * Computes one image.
     *
     * @param into receives the values in [-1, 1]
     */
    void apply(SourceImage source, FloatBuffer into);
  }

  private static final RandomStreams STREAMS = new RandomStreams(0);

  private final IndexedDataset of;
  private final DatasetField image;
  private final DatasetField result;
  private final RandomFilter filter;

  /**
   * Adds a field to a data set.
   *
   * @param of has images
   * @param result returns the field for the field of the images
   */
  FilteredDataset(IndexedDataset of, UnaryOperator<DatasetField> result, ImageFilter filter) {
    this(of, result, (source, into) -> filter.apply(source.pixels(), source.image(), into));
  }

  /**
   * Adds a field that depends on chance.
   *
   * @param of has images
   * @param result returns the field for the field of the images
   */
  FilteredDataset(IndexedDataset of, UnaryOperator<DatasetField> result, RandomFilter filter) {
    this.of = of;
    this.image =
        of.field(DatasetField.IMAGE)
            .filter(field -> field.shape().dimension() == 3)
            .orElseThrow(() -> new UnusableComponentException("it needs a data set of images"));
    this.result = result.apply(image);
    this.filter = filter;
    if (of.fields().stream().anyMatch(field -> field.name().equals(this.result.name()))) {
      throw new UnusableComponentException(
          "the data have a field '%s' already".formatted(this.result.name()));
    }
  }

  @Override
  public final List<DatasetField> fields() {
    List<DatasetField> fields = new ArrayList<>(of.fields());
    fields.add(result);
    return fields;
  }

  @Override
  public final int size() {
    return of.size();
  }

  @Override
  public final void read(int index, DatasetField field, FloatBuffer into) {
    if (field.name().equals(result.name())) {
      FloatBuffer pixels = FloatBuffer.allocate(image.length());
      of.read(index, image, pixels);
      RandomGenerator random = STREAMS.at(result.name(), index);
      filter.apply(new SourceImage(of, index, image, pixels.array(), random), into);
    } else {
      of.read(index, field, into);
    }
  }

  @Override
  public final void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    if (field.name().equals(result.name())) {
      FloatBuffer pixels = FloatBuffer.allocate(image.length());
      of.read(index, image, random, pixels);
      filter.apply(new SourceImage(of, index, image, pixels.array(), random), into);
    } else {
      of.read(index, field, random, into);
    }
  }

  @Override
  public final String caption(int index) {
    return of.caption(index);
  }

  @Override
  public final Optional<Dataset> heldOut() {
    return of.heldOut()
        .filter(IndexedDataset.class::isInstance)
        .map(held -> new FilteredDataset((IndexedDataset) held, field -> result, filter));
  }
}
