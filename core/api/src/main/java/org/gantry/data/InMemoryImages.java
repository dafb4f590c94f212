package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;

/** A data set of pictures in memory, with or without a class each. Immutable. */
public final class InMemoryImages implements IndexedDataset {

  private final ByteImages images;
  private final int[] labels;
  private final List<DatasetField> fields;

  private InMemoryImages(ByteImages images, int[] labels, List<DatasetField> fields) {
    this.images = images;
    this.labels = labels;
    this.fields = fields;
  }

  /** Pictures without classes: one field, {@link DatasetField#IMAGE}. */
  public static InMemoryImages of(ByteImages images) {
    return new InMemoryImages(images, new int[0], List.of(images.field(DatasetField.IMAGE)));
  }

  /**
   * Pictures with classes: the fields {@link DatasetField#IMAGE} and {@link DatasetField#LABEL}.
   *
   * @param labels the class of each picture, an index into the names
   * @param names the names of the classes
   * @throws IllegalArgumentException if there are not as many labels as pictures
   */
  public static InMemoryImages of(ByteImages images, int[] labels, List<String> names) {
    if (labels.length != images.count()) {
      throw new IllegalArgumentException(labels.length + " labels, " + images.count() + " images");
    }
    return new InMemoryImages(
        images,
        labels.clone(),
        List.of(images.field(DatasetField.IMAGE), DatasetField.label(names)));
  }

  /**
   * One part of it, where a picture's index is its name.
   *
   * @param split which part
   */
  public InMemoryImages selectSplit(DatasetSplit split) {
    return select(
        IntStream.range(0, size()).filter(i -> split.contains(Integer.toString(i))).toArray(),
        labels);
  }

  /**
   * The pictures of some classes, which are numbered anew, from 0.
   *
   * @param chosen indices of classes, in their new order; empty for all as they are
   * @throws UnusableComponentException if an index is no class or occurs twice
   */
  public InMemoryImages selectClasses(List<Integer> chosen) {
    if (chosen.isEmpty()) {
      return this;
    }
    List<String> names = field(DatasetField.LABEL).map(DatasetField::classNames).orElse(List.of());
    for (int label : chosen) {
      if (label < 0 || label >= names.size()) {
        throw new UnusableComponentException(
            "there is no class " + label + "; classes are 0 to " + (names.size() - 1));
      }
    }
    if (chosen.stream().distinct().count() < chosen.size()) {
      throw new UnusableComponentException("the classes " + chosen + " name one twice");
    }
    int[] renumbered = IntStream.of(labels).map(chosen::indexOf).toArray();
    InMemoryImages some =
        select(IntStream.range(0, size()).filter(i -> renumbered[i] >= 0).toArray(), renumbered);
    return of(some.images, some.labels, chosen.stream().map(names::get).toList());
  }

  private InMemoryImages select(int[] pictures, int[] from) {
    int[] kept = from.length == 0 ? from : IntStream.of(pictures).map(i -> from[i]).toArray();
    return new InMemoryImages(images.select(pictures), kept, fields);
  }

  @Override
  public List<DatasetField> fields() {
    return fields;
  }

  @Override
  public int size() {
    return images.count();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    if (field.name().equals(DatasetField.LABEL)) {
      into.put(labels[index]);
    } else {
      images.read(index, into);
    }
  }
}
