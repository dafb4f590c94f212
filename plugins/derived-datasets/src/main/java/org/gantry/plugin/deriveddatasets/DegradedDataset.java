package org.gantry.plugin.deriveddatasets;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import java.nio.FloatBuffer;
import java.util.ArrayList;
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
import org.gantry.tensor.RandomStreams;

/**
 * The images of another data set as a poor camera would take them: with less contrast, on a
 * background that grows lighter in some direction, and with noise. A training reads each image in
 * another state every time. The clean image is a field of its own.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "degraded",
    summary = "Images of another data set with less contrast, a lit background and noise")
final class DegradedDataset implements IndexedDataset {

  private static final RandomStreams STREAMS = new RandomStreams(0);

  record Options(
      @Description("the data set to degrade; finite, with images") IndexedDataset of,
      @Description("the least factor of an image's values") @DefaultValue("0.3") @DecimalMin("0") double leastContrast,
      @Description("the greatest factor of an image's values") @DefaultValue("0.8") @DecimalMin("0") double greatestContrast,
      @Description("how much the background rises from the middle to an edge, in units of the data")
          @DefaultValue("0.9")
          @DecimalMin("0") double background,
      @Description("the standard deviation of the noise, in units of the data")
          @DefaultValue("0.3")
          @DecimalMin("0") double noise,
      @Description("the name of the field with the clean image") @DefaultValue("clean") @NotBlank String clean) {}

  private final Options options;
  private final DatasetField image;
  private final List<DatasetField> fields;

  @Inject
  DegradedDataset(Options options) {
    this.options = options;
    IndexedDataset inner = options.of();
    this.image =
        inner
            .field(DatasetField.IMAGE)
            .filter(f -> f.type() == ValueType.IMAGE && f.shape().dimension() == 3)
            .orElseThrow(() -> new UnusableComponentException("the data set has no images"));
    if (options.leastContrast() > options.greatestContrast()) {
      throw new UnusableComponentException(
          "least-contrast (%s) is above greatest-contrast (%s)"
              .formatted(options.leastContrast(), options.greatestContrast()));
    }
    if (inner.field(options.clean()).isPresent()) {
      throw new UnusableComponentException(
          "the data set has a field '%s' already; give another name by clean"
              .formatted(options.clean()));
    }
    this.fields = new ArrayList<>(inner.fields());
    fields.add(
        new DatasetField(
            options.clean(), ValueType.IMAGE, image.shape(), image.low(), image.high(), List.of()));
  }

  @Override
  public List<DatasetField> fields() {
    return List.copyOf(fields);
  }

  @Override
  public int size() {
    return options.of().size();
  }

  /** Reads a field of one sample of the other data set. */
  @FunctionalInterface
  private interface SampleReader {
    void read(DatasetField field, FloatBuffer into);
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    read(
        field,
        into,
        STREAMS.at("degraded", index),
        (original, buffer) -> options.of().read(index, original, buffer));
  }

  @Override
  public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    read(
        field,
        into,
        random,
        (original, buffer) -> options.of().read(index, original, random, buffer));
  }

  private void read(
      DatasetField field, FloatBuffer into, RandomGenerator random, SampleReader inner) {
    if (field.name().equals(options.clean())) {
      inner.read(image, into);
    } else if (field.name().equals(DatasetField.IMAGE)) {
      FloatBuffer original = FloatBuffer.allocate(image.length());
      inner.read(image, original);
      degrade(original.array(), random, into);
    } else {
      inner.read(field, into);
    }
  }

  private void degrade(float[] original, RandomGenerator random, FloatBuffer into) {
    int height = (int) image.shape().get(1);
    int width = (int) image.shape().get(2);
    double range = options.greatestContrast() - options.leastContrast();
    double contrast = options.leastContrast() + range * random.nextDouble();
    double angle = 2 * Math.PI * random.nextDouble();
    for (int i = 0; i < original.length; i++) {
      double across = 2.0 * (i % width) / Math.max(1, width - 1) - 1;
      double down = 2.0 * (i / width % height) / Math.max(1, height - 1) - 1;
      double light = Math.cos(angle) * across + Math.sin(angle) * down;
      double value =
          contrast * original[i]
              + options.background() * light
              + options.noise() * random.nextGaussian();
      into.put((float) Math.max(image.low(), Math.min(image.high(), value)));
    }
  }

  @Override
  public String caption(int index) {
    return options.of().caption(index);
  }

  @Override
  public Optional<Dataset> heldOut() {
    return options
        .of()
        .heldOut()
        .filter(IndexedDataset.class::isInstance)
        .map(held -> new DegradedDataset(with((IndexedDataset) held)));
  }

  private Options with(IndexedDataset other) {
    return new Options(
        other,
        options.leastContrast(),
        options.greatestContrast(),
        options.background(),
        options.noise(),
        options.clean());
  }
}
