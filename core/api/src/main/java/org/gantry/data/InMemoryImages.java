package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;

/** A data set of images in memory, with or without labels. Immutable. */
public final class InMemoryImages implements IndexedDataset {

  private final ByteImages images;
  private final int[] labels;
  private final List<DatasetField> fields;

  private InMemoryImages(ByteImages images, int[] labels, List<DatasetField> fields) {
    this.images = images;
    this.labels = labels;
    this.fields = fields;
  }

  /** Creates a data set without labels: its only field is {@link DatasetField#IMAGE}. */
  public static InMemoryImages of(ByteImages images) {
    return new InMemoryImages(images, new int[0], List.of(images.field(DatasetField.IMAGE)));
  }

  /**
   * Creates a data set with labels: its fields are {@link DatasetField#IMAGE} and {@link
   * DatasetField#LABEL}.
   *
   * @param labels the class of each image, an index into the names
   * @param names the names of the classes
   * @throws IllegalArgumentException if the number of labels is not the number of images
   */
  public static InMemoryImages of(ByteImages images, int[] labels, List<String> names) {
    if (labels.length != images.count()) {
      throw new IllegalArgumentException(
          "expected %d labels, one per image, found %d".formatted(images.count(), labels.length));
    }
    return new InMemoryImages(
        images,
        labels.clone(),
        List.of(images.field(DatasetField.IMAGE), DatasetField.label(names)));
  }

  /**
   * Returns one part of the data set. The index of an image is its name.
   *
   * @param split the part to return
   */
  public InMemoryImages selectSplit(DatasetSplit split) {
    return select(
        IntStream.range(0, size()).filter(i -> split.contains(Integer.toString(i))).toArray(),
        labels);
  }

  /**
   * Returns the images of some classes, with the classes renumbered from 0.
   *
   * @param chosen indices of classes, in their new order; empty for this data set as it is
   * @throws UnusableComponentException if an index is not a class or occurs twice
   */
  public InMemoryImages selectClasses(List<Integer> chosen) {
    if (chosen.isEmpty()) {
      return this;
    }
    List<String> names = field(DatasetField.LABEL).map(DatasetField::classNames).orElse(List.of());
    for (int label : chosen) {
      if (label < 0 || label >= names.size()) {
        throw new UnusableComponentException(
            "there is no class " + label + "; the classes are 0 to " + (names.size() - 1));
      }
    }
    if (chosen.stream().distinct().count() < chosen.size()) {
      throw new UnusableComponentException("the classes " + chosen + " contain a class twice");
    }
    int[] renumbered = IntStream.of(labels).map(chosen::indexOf).toArray();
    InMemoryImages selected =
        select(IntStream.range(0, size()).filter(i -> renumbered[i] >= 0).toArray(), renumbered);
    return of(selected.images, selected.labels, chosen.stream().map(names::get).toList());
  }

  private InMemoryImages select(int[] indices, int[] allLabels) {
    int[] selected =
        allLabels.length == 0 ? allLabels : IntStream.of(indices).map(i -> allLabels[i]).toArray();
    return new InMemoryImages(images.select(indices), selected, fields);
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
