package org.gantry.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A named part of each sample of a data set, such as the image or the label.
 *
 * @param name the name that topologies use, such as {@code image} or {@code label}
 * @param type what the values are
 * @param shape the shape of one sample without the batch dimension; images are (channels, height,
 *     width), points are (dimensions), labels are (), and texts are (words)
 * @param low the lowest value that occurs
 * @param high the highest value that occurs
 * @param classNames for a label, the names of classes 0, 1, ...; for a text, the words of the
 *     numbers 0, 1, ... as in {@link WordVocabulary}; otherwise empty
 */
public record DatasetField(
    String name, ValueType type, Shape shape, double low, double high, List<String> classNames) {

  /** The name of the field that the generator imitates, whatever its shape. */
  public static final String IMAGE = "image";

  /** The name of the field that holds a class index, as an integer in a float. */
  public static final String LABEL = "label";

  /** The usual name of a field that holds a text. */
  public static final String CAPTION = "caption";

  /** Copies the list of names. */
  public DatasetField {
    classNames = List.copyOf(classNames);
  }

  /**
   * Creates a field whose type follows from its name: {@link #IMAGE} is an image, {@link #LABEL} is
   * a label, and any other field has the type {@link ValueType#OTHER}.
   */
  public DatasetField(String name, Shape shape, double low, double high, List<String> classNames) {
    this(name, typeOf(name), shape, low, high, classNames);
  }

  private static ValueType typeOf(String name) {
    return switch (name) {
      case IMAGE -> ValueType.IMAGE;
      case LABEL -> ValueType.LABEL;
      default -> ValueType.OTHER;
    };
  }

  /** Creates an image field of shape (channels, height, width) with values in [-1, 1]. */
  public static DatasetField image(long channels, long height, long width) {
    return image(IMAGE, channels, height, width);
  }

  /**
   * Creates a field for one of several images of a sample, of shape (channels, height, width) with
   * values in [-1, 1].
   *
   * @param name such as {@code outline}
   */
  public static DatasetField image(String name, long channels, long height, long width) {
    return new DatasetField(
        name, ValueType.IMAGE, new Shape(channels, height, width), -1, 1, List.of());
  }

  /** Creates a label field of shape () with these class names. */
  public static DatasetField label(List<String> names) {
    return label(LABEL, names);
  }

  /**
   * Creates a field for one of several labels of a sample, of shape ().
   *
   * @param name such as {@code hair}
   */
  public static DatasetField label(String name, List<String> names) {
    return new DatasetField(name, ValueType.LABEL, new Shape(), 0, names.size() - 1, names);
  }

  /**
   * Creates a field for a text of shape (length), which holds the numbers of its words.
   *
   * @param name such as {@link #CAPTION}
   * @param length the number of words that are kept
   */
  public static DatasetField text(String name, WordVocabulary vocabulary, int length) {
    List<String> words = vocabulary.words();
    return new DatasetField(name, ValueType.TEXT, new Shape(length), 0, words.size() - 1, words);
  }

  /** Returns a copy with another name. */
  public DatasetField withName(String other) {
    return new DatasetField(other, type, shape, low, high, classNames);
  }

  /** Returns the number of floats in one sample of this field. */
  public int length() {
    return Math.toIntExact(shape.size());
  }
}
