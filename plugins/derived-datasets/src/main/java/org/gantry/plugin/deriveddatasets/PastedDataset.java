package org.gantry.plugin.deriveddatasets;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.nio.FloatBuffer;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/**
 * Another data set of images, with a paste into each image as a further field: the middle of the
 * image in another light, or the middle of another image. A network that blends pictures is given
 * the paste and has to make the image. A training pastes something else every time that it reads an
 * image.
 *
 * <p>The other light is a gain and a bias of the values, drawn for each channel by itself.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "pasted",
    summary = "The images of another data set with a square pasted into each, for blending",
    gives = {DatasetField.IMAGE, "pasted"})
final class PastedDataset extends FilteredDataset {

  record Options(
      @Description("the data set of images; finite") IndexedDataset of,
      @Description("the side of the square, as a share of the sides of the image")
          @DefaultValue("0.5")
          @Positive @DecimalMax("1") double share,
      @Description("what is pasted: the middle of the same image, or of another one of the data")
          @DefaultValue("same")
          PasteSource from,
      @Description("how far the gain of the pasted values can be from 1")
          @DefaultValue("0.5")
          @DecimalMin("0") @DecimalMax("1") double gain,
      @Description("the largest bias of the pasted values, as a share of their range")
          @DefaultValue("0.3")
          @DecimalMin("0") @DecimalMax("1") double bias) {}

  /** Where the pasted square is from. */
  enum PasteSource {
    /** The image itself. */
    SAME,
    /** Any other image of the data set. */
    ANOTHER
  }

  @Inject
  PastedDataset(Options options) {
    super(
        options.of(),
        image -> DatasetField.image("pasted", image.shape().get(0), rows(image), columns(image)),
        (source, into) -> paste(source, options, into));
    if (options.from() == PasteSource.ANOTHER && options.of().size() < 2) {
      throw new UnusableComponentException("the data have no other image that could be pasted");
    }
  }

  private static int rows(DatasetField image) {
    return Math.toIntExact(image.shape().get(1));
  }

  private static int columns(DatasetField image) {
    return Math.toIntExact(image.shape().get(2));
  }

  private static void paste(SourceImage source, Options options, FloatBuffer into) {
    DatasetField image = source.image();
    float[] pasted = options.from() == PasteSource.SAME ? source.pixels() : another(source);
    int rows = rows(image);
    int columns = columns(image);
    int height = side(rows, options.share());
    int width = side(columns, options.share());
    int top = (rows - height) / 2;
    int left = (columns - width) / 2;
    for (int at = 0; at < pasted.length; at += rows * columns) {
      double gain = 1 + options.gain() * (2 * source.random().nextDouble() - 1);
      double bias = options.bias() * (2 * source.random().nextDouble() - 1);
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          int pixel = at + y * columns + x;
          boolean inside = y >= top && y < top + height && x >= left && x < left + width;
          double value =
              inside
                  ? gain * share(pasted[pixel], image) + bias
                  : share(source.pixels()[pixel], image);
          into.put((float) (2 * Math.max(0, Math.min(1, value)) - 1));
        }
      }
    }
  }

  private static int side(int side, double share) {
    return Math.max(1, (int) Math.round(share * side));
  }

  /** A value as a share of its range. */
  private static double share(float value, DatasetField image) {
    return (value - image.low()) / (image.high() - image.low());
  }

  /** Another image of the data, or the image itself where a held-out part has no other. */
  private static float[] another(SourceImage source) {
    if (source.of().size() == 1) {
      return source.pixels();
    }
    int drawn = source.random().nextInt(source.of().size() - 1);
    FloatBuffer pixels = FloatBuffer.allocate(source.image().length());
    // The set without the image itself: those after it move forward by one.
    source.of().read(drawn < source.index() ? drawn : drawn + 1, source.image(), pixels);
    return pixels.array();
  }
}
