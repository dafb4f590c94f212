package org.gantry.plugin.deriveddatasets;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/**
 * Another data set of images, with each image in flat tones as a further field. In each channel,
 * the values of equal parts of the range become their mean, so that shading and texture are lost.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "flattened",
    summary = "The images of another data set, and the same in a few flat tones, for translation",
    gives = {DatasetField.IMAGE, "flat"})
final class FlattenedDataset extends FilteredDataset {

  record Options(
      @Description("the data set of images") IndexedDataset of,
      @Description("the number of tones in each channel") @DefaultValue("3") @Min(2) @Max(255) int tones) {}

  @Inject
  FlattenedDataset(Options options) {
    super(
        options.of(),
        FlattenedDataset::field,
        (pixels, image, into) -> flatten(pixels, image, options.tones(), into));
  }

  private static DatasetField field(DatasetField image) {
    Shape shape = image.shape();
    return DatasetField.image("flat", shape.get(0), shape.get(1), shape.get(2));
  }

  private static void flatten(float[] pixels, DatasetField image, int tones, FloatBuffer into) {
    int channel = Math.toIntExact(pixels.length / image.shape().get(0));
    double range = image.high() - image.low();
    for (int from = 0; from < pixels.length; from += channel) {
      double[] sums = new double[tones];
      int[] counts = new int[tones];
      int[] parts = new int[channel];
      for (int i = 0; i < channel; i++) {
        double share = (pixels[from + i] - image.low()) / range;
        parts[i] = Math.max(0, Math.min(tones - 1, (int) (share * tones)));
        sums[parts[i]] += 2 * share - 1;
        counts[parts[i]]++;
      }
      for (int part : parts) {
        into.put((float) (sums[part] / counts[part]));
      }
    }
  }
}
