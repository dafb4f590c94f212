package org.gantry.runs.internal.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.sampler.ModelInput;

/** Images next to the images that they were made of, and next to their counterparts. */
final class ImageRows {

  private ImageRows() {}

  /** A picture of one part of each sample, such as its input. */
  private record ImagePart(FloatBuffer values, DatasetField field) {}

  /** How many images belong to one sample: its inputs, the sample, and its counterpart. */
  static int imagesPerSample(DrawnSamples drawn) {
    return parts(drawn).size();
  }

  /**
   * Puts the images of each sample next to each other.
   *
   * @return all images in the range and with the size of the samples; grey ones have as many
   *     channels as the others
   */
  static SampleValues of(DrawnSamples drawn) {
    List<ImagePart> parts = parts(drawn);
    DatasetField output = drawn.use().output();
    Shape sample = drawn.samples().getShape().slice(1);
    int count = Math.toIntExact(drawn.samples().getShape().get(0));
    int channels =
        parts.stream().mapToInt(p -> Math.toIntExact(p.field().shape().get(0))).max().orElse(1);
    Shape shape = new Shape(channels, sample.get(1), sample.get(2));
    FloatBuffer values =
        FloatBuffer.allocate(Math.toIntExact((long) count * parts.size() * shape.size()));
    for (int i = 0; i < count; i++) {
      for (ImagePart part : parts) {
        put(part, i, shape, output, values);
      }
    }
    return new SampleValues(
        values.rewind(), count * parts.size(), shape, output.low(), output.high());
  }

  private static List<ImagePart> parts(DrawnSamples drawn) {
    DatasetField output = drawn.use().output();
    Shape sample = drawn.samples().getShape().slice(1);
    List<ImagePart> parts = new ArrayList<>();
    drawn.use().inputs().forEach(input -> addImage(drawn, input, parts));
    parts.add(
        new ImagePart(
            FloatBuffer.wrap(drawn.samples().toFloatArray()),
            new DatasetField(
                output.name(), output.type(), sample, output.low(), output.high(), List.of())));
    drawn.use().counterpart().ifPresent(real -> addImage(drawn, real, parts));
    return parts;
  }

  private static void addImage(DrawnSamples drawn, ModelInput input, List<ImagePart> into) {
    NDArray values = drawn.fields().get(input.name());
    Shape shape = input.field().shape();
    if (values != null
        && input.field().type() == ValueType.IMAGE
        && shape.dimension() == 3
        && (shape.get(0) == 1 || shape.get(0) == 3)) {
      into.add(new ImagePart(FloatBuffer.wrap(values.toFloatArray()), input.field()));
    }
  }

  /** Appends one image, whose pixels are those nearest in a picture of another size. */
  private static void put(
      ImagePart part, int sample, Shape shape, DatasetField output, FloatBuffer into) {
    DatasetField field = part.field();
    int planes = Math.toIntExact(field.shape().get(0));
    int height = Math.toIntExact(field.shape().get(1));
    int width = Math.toIntExact(field.shape().get(2));
    double scale = (output.high() - output.low()) / (field.high() - field.low());
    for (int channel = 0; channel < shape.get(0); channel++) {
      int plane = sample * planes + Math.min(channel, planes - 1);
      for (int y = 0; y < shape.get(1); y++) {
        for (int x = 0; x < shape.get(2); x++) {
          int row = Math.toIntExact((long) y * height / shape.get(1));
          int column = Math.toIntExact((long) x * width / shape.get(2));
          float value = part.values().get((plane * height + row) * width + column);
          into.put((float) (output.low() + (value - field.low()) * scale));
        }
      }
    }
  }
}
