package org.gantry.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A named part of each sample of a data set, such as the image or the label.
 *
 * @param name the name that topologies use, such as {@code image} or {@code label}
 * @param shape the shape of one sample without the batch dimension; images are (channels, height,
 *     width), points are (dimensions), labels are ()
 * @param low the lowest value that occurs
 * @param high the highest value that occurs
 * @param classNames for a label, the names of classes 0, 1, ...; otherwise empty
 */
public record DatasetField(
    String name, Shape shape, double low, double high, List<String> classNames) {

  /** The name of the field that the generator imitates, whatever its shape. */
  public static final String IMAGE = "image";

  /** The name of the field that holds a class index, as an integer in a float. */
  public static final String LABEL = "label";

  /** Copies the list of names. */
  public DatasetField {
    classNames = List.copyOf(classNames);
  }

  /** Creates an image field of shape (channels, height, width) with values in [-1, 1]. */
  public static DatasetField image(long channels, long height, long width) {
    return new DatasetField(IMAGE, new Shape(channels, height, width), -1, 1, List.of());
  }

  /** Creates a label field of shape () with these class names. */
  public static DatasetField label(List<String> names) {
    return new DatasetField(LABEL, new Shape(), 0, names.size() - 1, names);
  }

  /** Returns the number of floats in one sample of this field. */
  public int length() {
    return Math.toIntExact(shape.size());
  }
}
