package org.gantry.embedded;

import java.util.List;

/** Samples in the memory of Java. They stay valid when the run is closed. */
public interface GeneratedSamples {

  /** The number of samples. */
  int count();

  /** The shape of one sample, such as {@code [1, 28, 28]} for a grey picture. */
  List<Long> shape();

  /**
   * The values of all samples, one sample after the other, each in row-major order; pictures have
   * the range of the data set, mostly from -1 to 1.
   *
   * @return a copy
   */
  float[] values();

  /**
   * All samples in one picture, which is the one that {@code gantry sample} writes.
   *
   * @return a PNG
   */
  byte[] sheet();

  /** Whether each sample is a picture. */
  boolean arePictures();

  /**
   * One sample as a picture in its own size.
   *
   * @param index from 0
   * @return a PNG
   * @throws IllegalStateException if the samples are not pictures
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  byte[] picture(int index);
}
