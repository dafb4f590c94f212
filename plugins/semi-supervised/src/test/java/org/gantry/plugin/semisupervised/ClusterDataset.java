package org.gantry.plugin.semisupervised;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/** Alternates between points near (-2, 0), class left, and near (2, 0), class right. */
record ClusterDataset(int size, boolean hasMore) implements IndexedDataset {

  @Override
  public List<DatasetField> fields() {
    return List.of(
        new DatasetField(DatasetField.IMAGE, new Shape(2), -4, 4, List.of()),
        DatasetField.label(List.of("left", "right")));
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    if (field.name().equals(DatasetField.LABEL)) {
      into.put(index % 2);
    } else {
      into.put((index % 2 == 0 ? -2 : 2) + (index % 7 - 3) * 0.1f).put((index % 5 - 2) * 0.1f);
    }
  }

  @Override
  public Optional<Dataset> heldOut() {
    return hasMore ? Optional.of(new ClusterDataset(70, false)) : Optional.empty();
  }
}
