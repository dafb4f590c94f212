package org.gantry.plugin.semisupervised;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.tensor.RandomStreams;

/** A subset of a data set with known labels and equally many samples of each class. */
final class LabelledSubset implements IndexedDataset {

  private final IndexedDataset whole;
  private final List<Integer> chosen;

  private LabelledSubset(IndexedDataset whole, List<Integer> chosen) {
    this.whole = whole;
    this.chosen = List.copyOf(chosen);
  }

  /**
   * Chooses samples.
   *
   * @param count the number of samples, a multiple of the number of classes
   * @param choice the seed of the choice
   * @throws UnusableComponentException if the data set is not finite, has no labels, or has too few
   *     samples of a class
   */
  static LabelledSubset of(Dataset dataset, int count, int choice) {
    DatasetField label =
        dataset
            .field(DatasetField.LABEL)
            .filter(f -> f.shape().equals(new Shape()) && f.classNames().size() > 1)
            .orElseThrow(
                () ->
                    new UnusableComponentException(
                        "the data set needs labels of at least two classes"));
    if (!(dataset instanceof IndexedDataset indexed)) {
      throw new UnusableComponentException("the data set must be finite");
    }
    int classes = label.classNames().size();
    if (count % classes != 0) {
      throw new UnusableComponentException(
          "%d labels cannot be divided equally among %d classes; set labels to a multiple, such as %d"
              .formatted(count, classes, (count / classes + 1) * classes));
    }
    List<Integer> chosen = new ArrayList<>();
    int[] found = new int[classes];
    FloatBuffer value = FloatBuffer.allocate(1);
    for (int index : shuffled(indexed.size(), choice)) {
      value.clear();
      indexed.read(index, label, value);
      if (found[(int) value.get(0)]++ < count / classes) {
        chosen.add(index);
      }
    }
    for (int i = 0; i < classes; i++) {
      if (found[i] < count / classes) {
        throw new UnusableComponentException(
            "the data set has only %d samples of the class %s, not %d"
                .formatted(found[i], label.classNames().get(i), count / classes));
      }
    }
    return new LabelledSubset(indexed, chosen);
  }

  /** A random order (Fisher-Yates, inside-out). */
  private static int[] shuffled(int size, int choice) {
    RandomGenerator random = new RandomStreams(choice).at("labelled");
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  @Override
  public List<DatasetField> fields() {
    return whole.fields();
  }

  @Override
  public int size() {
    return chosen.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    whole.read(chosen.get(index), field, into);
  }

  @Override
  public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    whole.read(chosen.get(index), field, random, into);
  }
}
