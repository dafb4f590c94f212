package org.gantry.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A named part of every sample of a data set.
 *
 * @param name how topologies refer to it, such as {@code image} or {@code label}
 * @param shape the shape of one sample without the batch dimension; images are (channels, height,
 *     width), points are (dimensions), labels are ()
 * @param low the least value that occurs
 * @param high the greatest value that occurs
 * @param classNames for a label, the names of classes 0, 1, ...; else empty
 */
public record DatasetField(
    String name, Shape shape, double low, double high, List<String> classNames) {

  /** The field that holds what the generator is to imitate, whatever its shape. */
  public static final String IMAGE = "image";

  /** The field that holds a class index, as a whole number in a float. */
  public static final String LABEL = "label";

  /** Copies the list of names. */
  public DatasetField {
    classNames = List.copyOf(classNames);
  }

  /** An image field of the given shape with values in [-1, 1]. */
  public static DatasetField image(long channels, long height, long width) {
    return new DatasetField(IMAGE, new Shape(channels, height, width), -1, 1, List.of());
  }

  /** A label field over the given class names. */
  public static DatasetField label(List<String> names) {
    return new DatasetField(LABEL, new Shape(), 0, names.size() - 1, names);
  }

  /** The number of floats in one sample of this field. */
  public int length() {
    return Math.toIntExact(shape.size());
  }
}
