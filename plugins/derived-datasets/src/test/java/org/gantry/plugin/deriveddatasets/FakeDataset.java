package org.gantry.plugin.deriveddatasets;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/**
 * Samples with the labels 0, 1, 2, 0, ... and the image {first + index}.
 *
 * @param first the value of the first image, in hundredths
 * @param size the number of samples
 * @param classNames the names of the three classes; empty for no labels
 */
record FakeDataset(int first, int size, List<String> classNames) implements IndexedDataset {

  @Override
  public List<DatasetField> fields() {
    DatasetField image = new DatasetField(DatasetField.IMAGE, new Shape(1), -1, 1, List.of());
    return classNames.isEmpty() ? List.of(image) : List.of(image, DatasetField.label(classNames));
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    into.put(
        field.name().equals(DatasetField.LABEL)
            ? index % classNames.size()
            : (first + index) / 100f);
  }

  @Override
  public String caption(int index) {
    return "sample " + (first + index);
  }

  @Override
  public Optional<Dataset> heldOut() {
    return first < 50 ? Optional.of(new FakeDataset(first + 50, 3, classNames)) : Optional.empty();
  }

  /** Returns a value of a sample. */
  static float read(IndexedDataset data, int index, String name) {
    FloatBuffer into = FloatBuffer.allocate(1);
    data.read(index, data.field(name).orElseThrow(), into);
    return into.get(0);
  }
}
