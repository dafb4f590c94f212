package org.gantry.cli.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.host.support.Sha256;

/**
 * What is to know about a data set before a training.
 *
 * @param inventory its files; made up for a data set that is not read from files
 * @param classCounts the number of samples of each class
 * @param formats the number of files of each format
 * @param grey the number of pictures whose colours are all grey
 * @param duplicates groups of samples that are equal as they are read, by index
 */
record DatasetSummary(
    DataInventory inventory,
    Map<String, Integer> classCounts,
    Map<String, Integer> formats,
    int grey,
    List<List<Integer>> duplicates) {

  /**
   * Reads all samples of a data set.
   *
   * @param name the name of the data set
   * @param interrupted ends the reading early
   * @throws UnusableComponentException if a sample cannot be read
   */
  static DatasetSummary of(String name, IndexedDataset data, BooleanSupplier interrupted) {
    DataInventory inventory =
        data instanceof FileDataset files ? files.inventory() : madeUp(name, data);
    Map<String, List<Integer>> byContent = new LinkedHashMap<>();
    int grey = 0;
    DatasetField image = data.field(DatasetField.IMAGE).orElse(data.fields().get(0));
    FloatBuffer values = FloatBuffer.allocate(image.length());
    ByteBuffer bytes = ByteBuffer.allocate(image.length() * Float.BYTES);
    for (int i = 0; i < data.size() && !interrupted.getAsBoolean(); i++) {
      data.read(i, image, values.clear());
      bytes.asFloatBuffer().put(values.flip());
      byContent.computeIfAbsent(Sha256.of(bytes.array()), hash -> new ArrayList<>()).add(i);
      grey += isGrey(image, values.array()) ? 1 : 0;
    }
    List<List<Integer>> duplicates =
        byContent.values().stream().filter(group -> group.size() > 1).toList();
    return new DatasetSummary(
        inventory, classCounts(inventory), formats(inventory), grey, duplicates);
  }

  private static DataInventory madeUp(String name, IndexedDataset data) {
    DatasetField image = data.field(DatasetField.IMAGE).orElse(data.fields().get(0));
    boolean picture = image.shape().dimension() == 3;
    List<String> classes =
        data.field(DatasetField.LABEL).map(DatasetField::classNames).orElse(List.of());
    FloatBuffer label = FloatBuffer.allocate(1);
    List<FoundPicture> pictures = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      if (!classes.isEmpty()) {
        data.read(i, data.field(DatasetField.LABEL).orElseThrow(), label.clear());
      }
      pictures.add(
          new FoundPicture(
              Integer.toString(i),
              "bundled",
              picture ? (int) image.shape().get(2) : 0,
              picture ? (int) image.shape().get(1) : 0,
              classes.isEmpty() ? -1 : (int) label.get(0)));
    }
    return new DataInventory(name, "", pictures, classes, List.of());
  }

  private static Map<String, Integer> classCounts(DataInventory inventory) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    inventory.classNames().forEach(name -> counts.put(name, 0));
    for (FoundPicture picture : inventory.pictures()) {
      if (picture.label() >= 0) {
        counts.merge(inventory.classNames().get(picture.label()), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static Map<String, Integer> formats(DataInventory inventory) {
    Map<String, Integer> counts = new TreeMap<>();
    inventory.pictures().forEach(picture -> counts.merge(picture.format(), 1, Integer::sum));
    return counts;
  }

  private static boolean isGrey(DatasetField image, float[] values) {
    if (image.shape().dimension() != 3 || image.shape().get(0) != 3) {
      return image.shape().dimension() == 3;
    }
    int area = values.length / 3;
    for (int i = 0; i < area; i++) {
      if (values[i] != values[area + i] || values[i] != values[2 * area + i]) {
        return false;
      }
    }
    return true;
  }

  /** The number of pictures of each size, the most frequent first. */
  Map<String, Integer> sizes() {
    Map<String, Integer> counts = new HashMap<>();
    for (FoundPicture picture : inventory.pictures()) {
      counts.merge(picture.width() + " x " + picture.height(), 1, Integer::sum);
    }
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** The number of pictures that are smaller than they are read. */
  int enlarged(DatasetField image) {
    if (image.shape().dimension() != 3) {
      return 0;
    }
    return (int)
        inventory.pictures().stream()
            .filter(p -> p.height() < image.shape().get(1) || p.width() < image.shape().get(2))
            .count();
  }

  /** The number of samples that equal an earlier one. */
  int surplus() {
    return duplicates.stream().mapToInt(group -> group.size() - 1).sum();
  }

  /** Whether the samples of a group have different classes. */
  boolean isContradictory(List<Integer> group) {
    return group.stream().map(i -> inventory.pictures().get(i).label()).distinct().count() > 1;
  }

  String nameOf(int index) {
    return inventory.pictures().get(index).name();
  }
}
