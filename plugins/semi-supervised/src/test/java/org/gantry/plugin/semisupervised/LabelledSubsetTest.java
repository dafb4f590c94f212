package org.gantry.plugin.semisupervised;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.junit.jupiter.api.Test;

final class LabelledSubsetTest {

  private static final ClusterDataset POINTS = new ClusterDataset(40, true);

  @Test
  void everyClassHasEquallyManyLabels() {
    List<Float> labels = read(LabelledSubset.of(POINTS, 10, 1), DatasetField.LABEL);

    assertEquals(10, labels.size());
    assertEquals(5, Collections.frequency(labels, 0f));
    assertEquals(5, Collections.frequency(labels, 1f));
  }

  @Test
  void theSeedDeterminesTheChoice() {
    List<Float> chosen = read(LabelledSubset.of(POINTS, 10, 1), DatasetField.IMAGE);

    assertEquals(chosen, read(LabelledSubset.of(POINTS, 10, 1), DatasetField.IMAGE));
    assertNotEquals(chosen, read(LabelledSubset.of(POINTS, 10, 2), DatasetField.IMAGE));
  }

  @Test
  void unequalOrTooManyLabelsAreRefused() {
    assertEquals(
        "5 labels cannot be divided equally among 2 classes; set labels to a multiple, such as 6",
        refusal(5));
    assertEquals("the data set has only 20 samples of the class left, not 25", refusal(50));
  }

  private static String refusal(int count) {
    return assertThrows(UnusableComponentException.class, () -> LabelledSubset.of(POINTS, count, 1))
        .getMessage();
  }

  private static List<Float> read(LabelledSubset subset, String name) {
    DatasetField field = subset.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(subset.size() * field.length());
    for (int i = 0; i < subset.size(); i++) {
      subset.read(i, field, into);
    }
    List<Float> values = new ArrayList<>();
    for (float value : into.array()) {
      values.add(value);
    }
    return values;
  }
}
