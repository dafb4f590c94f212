package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.ValueType;

/**
 * What conditions request: the labels that real samples with the same condition have. A label
 * counts if the conditions determine it, which means that all real samples with the same condition
 * agree on it. A caption requests all labels that it states, and a class requests itself.
 *
 * @param labels the fields that the conditions determine
 * @param classes the class by each of these fields, for each condition of the data, held-out
 *     samples included
 */
record RequestedLabels(List<DatasetField> labels, Map<FloatBuffer, int[]> classes) {

  /**
   * Reads the conditions and the labels of all samples.
   *
   * @param conditions fields of the data set
   * @throws UnusableComponentException if the conditions determine no label
   */
  static RequestedLabels read(IndexedDataset dataset, List<DatasetField> conditions) {
    List<DatasetField> candidates =
        dataset.fields().stream()
            .filter(f -> f.type() == ValueType.LABEL && f.classNames().size() > 1)
            .toList();
    Map<FloatBuffer, int[]> first = new HashMap<>();
    boolean[] determined = new boolean[candidates.size()];
    Arrays.fill(determined, true);
    for (IndexedDataset part : parts(dataset)) {
      List<FloatBuffer> keys = conditionsOf(part, conditions);
      for (int i = 0; i < part.size(); i++) {
        int[] found = classesOf(part, i, candidates);
        int[] known = first.putIfAbsent(keys.get(i), found);
        for (int label = 0; label < found.length; label++) {
          determined[label] &= known == null || known[label] == found[label];
        }
      }
    }
    int[] kept = IntStream.range(0, determined.length).filter(i -> determined[i]).toArray();
    if (kept.length == 0) {
      throw new UnusableComponentException(
          "the data have no label that follows from "
              + conditions.stream().map(DatasetField::name).collect(Collectors.joining(", ")));
    }
    first.replaceAll((key, all) -> IntStream.of(kept).map(i -> all[i]).toArray());
    return new RequestedLabels(IntStream.of(kept).mapToObj(candidates::get).toList(), first);
  }

  private static List<IndexedDataset> parts(IndexedDataset dataset) {
    List<IndexedDataset> parts = new ArrayList<>(List.of(dataset));
    Dataset heldOut = dataset.heldOut().orElse(null);
    if (heldOut instanceof IndexedDataset indexed) {
      parts.add(indexed);
    }
    return parts;
  }

  private static int[] classesOf(IndexedDataset dataset, int index, List<DatasetField> labels) {
    FloatBuffer values = FloatBuffer.allocate(labels.size());
    labels.forEach(label -> dataset.read(index, label, values));
    return IntStream.range(0, labels.size()).map(i -> (int) values.get(i)).toArray();
  }

  /** The condition of each sample, as one vector that can be compared. */
  static List<FloatBuffer> conditionsOf(IndexedDataset dataset, List<DatasetField> conditions) {
    int length = conditions.stream().mapToInt(DatasetField::length).sum();
    List<FloatBuffer> keys = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      FloatBuffer key = FloatBuffer.allocate(length);
      for (DatasetField condition : conditions) {
        dataset.read(i, condition, key);
      }
      keys.add(key.flip());
    }
    return keys;
  }

  /**
   * The condition of each row of some arrays, which have the values of one condition each.
   *
   * @param values arrays of shape (count, ...), in the order of the conditions
   */
  static List<FloatBuffer> conditionsOf(List<NDArray> values, int count) {
    List<float[]> all = values.stream().map(NDArray::toFloatArray).toList();
    List<FloatBuffer> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FloatBuffer key =
          FloatBuffer.allocate(all.stream().mapToInt(array -> array.length / count).sum());
      for (float[] array : all) {
        int length = array.length / count;
        key.put(array, i * length, length);
      }
      keys.add(key.flip());
    }
    return keys;
  }

  /**
   * The class of each label that a condition requests.
   *
   * @throws UnusableComponentException if no real sample has the condition
   */
  int[] of(FloatBuffer condition) {
    int[] found = classes.get(condition);
    if (found == null) {
      throw new UnusableComponentException(
          "a sample was made for a condition that no real sample has, so its labels are unknown");
    }
    return found;
  }
}
