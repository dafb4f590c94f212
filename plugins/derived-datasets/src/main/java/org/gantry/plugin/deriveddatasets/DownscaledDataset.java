package org.gantry.plugin.deriveddatasets;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/**
 * Another data set of images, with each image in a smaller size as a further field, as a network
 * that enlarges images is given it. Images are reduced by bicubic interpolation over all pixels
 * that a new one covers.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "downscaled",
    summary = "The images of another data set, and the same in a smaller size, for enlargement",
    gives = {DatasetField.IMAGE, "small"})
final class DownscaledDataset extends FilteredDataset {

  record Options(
      @Description("the data set of images") IndexedDataset of,
      @Description("how many times smaller the sides are") @DefaultValue("2") @Min(2) @Max(16) int factor) {}

  @Inject
  DownscaledDataset(Options options) {
    super(
        options.of(),
        image -> field(image, options.factor()),
        (pixels, image, into) ->
            new BicubicResize(image, field(image, options.factor()).shape()).apply(pixels, into));
  }

  private static DatasetField field(DatasetField image, int factor) {
    Shape shape = image.shape();
    if (shape.get(1) % factor != 0 || shape.get(2) % factor != 0) {
      throw new UnusableComponentException(
          "images of %d x %d pixels cannot be made %d times smaller without a rest"
              .formatted(shape.get(1), shape.get(2), factor));
    }
    return DatasetField.image("small", shape.get(0), shape.get(1) / factor, shape.get(2) / factor);
  }
}
