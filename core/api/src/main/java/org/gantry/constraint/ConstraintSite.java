package org.gantry.constraint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.data.DatasetField;

/** What a constraint is prepared for. */
public final class ConstraintSite {

  private final DatasetField field;
  private final float[] picture;
  private final PictureFrame frame;
  private final PictureReader reader;
  private final NDManager manager;

  /**
   * Creates a site.
   *
   * @param field the pictures that the generator makes, of shape (channels, height, width)
   * @param picture the picture before the edit, in the range of the field and in the order
   *     (channel, row, column); not copied
   * @param frame where it lies in the picture that the user sees
   * @param reader reads the files of constraints
   * @param manager ends with the edit
   */
  public ConstraintSite(
      DatasetField field,
      float[] picture,
      PictureFrame frame,
      PictureReader reader,
      NDManager manager) {
    if (field.shape().dimension() != 3 || picture.length != field.length()) {
      throw new IllegalArgumentException(
          "%d values of shape %s".formatted(picture.length, field.shape()));
    }
    this.field = field;
    this.picture = picture;
    this.frame = frame;
    this.reader = reader;
    this.manager = manager;
  }

  /** Returns the channels of the generator's pictures. */
  public int channels() {
    return Math.toIntExact(field.shape().get(0));
  }

  /** Returns the height of the generator's pictures, in pixels. */
  public int height() {
    return Math.toIntExact(field.shape().get(1));
  }

  /** Returns the width of the generator's pictures, in pixels. */
  public int width() {
    return Math.toIntExact(field.shape().get(2));
  }

  /**
   * Returns the picture before the edit, from 0 to 1 and in the order (channel, row, column). A
   * value that the generator makes can lie outside of the range by a little.
   */
  public float[] picture() {
    float[] values = new float[picture.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((picture[i] - field.low()) / (field.high() - field.low()));
    }
    return values;
  }

  /** Returns where the generator's picture lies in the picture that the user sees. */
  public PictureFrame frame() {
    return frame;
  }

  /** Returns the reader of picture files. */
  public PictureReader reader() {
    return reader;
  }

  /** Returns the manager of arrays that are needed during the whole edit. */
  public NDManager manager() {
    return manager;
  }

  /**
   * Maps the range of the field to [0, 1].
   *
   * @param pictures in the range of the field
   */
  public NDArray toUnit(NDArray pictures) {
    return pictures.sub((float) field.low()).mul((float) (1 / (field.high() - field.low())));
  }
}
