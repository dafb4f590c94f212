package org.gantry.plugin.deriveddatasets;

import jakarta.inject.Inject;
import java.nio.FloatBuffer;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.Description;
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
    gives = {DatasetField.IMAGE, "outline"})
final class OutlinedDataset extends FilteredDataset {

  record Options(@Description("the data set of images") IndexedDataset of) {}

  @Inject
  OutlinedDataset(Options options) {
    super(options.of(), OutlinedDataset::field, OutlinedDataset::outline);
  }

  private static DatasetField field(DatasetField image) {
    return DatasetField.image("outline", 1, image.shape().get(1), image.shape().get(2));
  }

  private static void outline(float[] pixels, DatasetField image, FloatBuffer into) {
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
}
