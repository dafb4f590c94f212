package org.gantry.runs.training;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.gantry.data.Dataset;
import org.gantry.runs.internal.samples.DrawnSamples;
import org.gantry.runs.internal.samples.SamplePictures;
import org.gantry.sampler.ModelUse;

/** Samples in memory. Valid only within the call that received them. */
public final class SampleResult {

  private final DrawnSamples drawn;
  private final Dataset dataset;
  private final int rowLength;
  private final String caption;

  SampleResult(DrawnSamples drawn, Dataset dataset, int rowLength, String caption) {
    this.drawn = drawn;
    this.dataset = dataset;
    this.rowLength = rowLength;
    this.caption = caption;
  }

  /** What was made. */
  public ModelUse use() {
    return drawn.use();
  }

  /** The number of samples. */
  public int count() {
    return Math.toIntExact(drawn.samples().getShape().get(0));
  }

  /** The shape of one sample. */
  public Shape shape() {
    return drawn.samples().getShape().slice(1);
  }

  /** Whether the samples are grey or colour images. */
  public boolean areImages() {
    return SamplePictures.areImages(drawn.samples());
  }

  /** All samples in one picture, as a PNG: the picture that {@link SampleRequest} writes. */
  public byte[] sheet() {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      SamplePictures.writePng(drawn, dataset, rowLength, caption, png);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory can always be written", e);
    }
    return png.toByteArray();
  }

  /**
   * One sample as a PNG in its own size.
   *
   * @param sample the index of the sample; the samples are images
   */
  public byte[] picture(int sample) {
    try {
      return SamplePictures.encodeOne(drawn.samples(), sample, dataset, caption);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory can always be written", e);
    }
  }

  /** The values of all samples, one sample after the other, each in row-major order. */
  public float[] values() {
    return drawn.samples().toFloatArray();
  }
}
