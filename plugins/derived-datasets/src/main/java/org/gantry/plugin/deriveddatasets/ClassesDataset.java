package org.gantry.plugin.deriveddatasets;

import jakarta.inject.Inject;
import jakarta.validation.constraints.NotEmpty;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/**
 * The samples of another data set that belong to some of its classes. The labels follow the order
 * in which the recipe names the classes.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "classes",
    summary = "Some classes of another data set, with labels in the order of their names")
final class ClassesDataset implements IndexedDataset {

  record Options(
      @Description("the data set to choose from; finite, with labels") IndexedDataset of,
      @Description("the names of the classes to keep") @NotEmpty List<String> names,
      @Description("the field that holds the class") @DefaultValue(DatasetField.LABEL)
          String field) {}

  private final IndexedDataset inner;
  private final String field;
  private final List<String> names;
  private final List<DatasetField> fields;

  /** The index of each kept sample in the other data set. */
  private final int[] samples;

  /** The label of each class of the other data set; negative for those that are left out. */
  private final int[] labels;

  @Inject
  ClassesDataset(Options options) {
    this(options.of(), options.field(), options.names());
  }

  private ClassesDataset(IndexedDataset inner, String field, List<String> names) {
    this.inner = inner;
    this.field = field;
    this.names = names;
    DatasetField classes = requireClasses(inner, field);
    this.labels = classes.classNames().stream().mapToInt(names::indexOf).toArray();
    this.fields =
        inner.fields().stream()
            .map(f -> f.name().equals(field) ? DatasetField.label(field, names) : f)
            .toList();
    requireKnown(names, classes.classNames());
    this.samples = IntStream.range(0, inner.size()).filter(i -> label(classes, i) >= 0).toArray();
    if (samples.length == 0) {
      throw new UnusableComponentException(
          "the data set has no samples of " + String.join(", ", names));
    }
  }

  private static DatasetField requireClasses(IndexedDataset inner, String field) {
    return inner
        .field(field)
        .filter(f -> !f.classNames().isEmpty())
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "the data set has no field '%s' of classes; its fields are %s"
                        .formatted(
                            field,
                            String.join(
                                ", ", inner.fields().stream().map(DatasetField::name).toList()))));
  }

  private static void requireKnown(List<String> names, List<String> known) {
    List<String> unknown = new ArrayList<>(names);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new UnusableComponentException(
          "there is no class '%s'; the classes are %s"
              .formatted(unknown.get(0), String.join(", ", known)));
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new UnusableComponentException("a class is named twice: " + String.join(", ", names));
    }
  }

  private int label(DatasetField classes, int index) {
    FloatBuffer value = FloatBuffer.allocate(1);
    inner.read(index, classes, value);
    return labels[(int) value.get(0)];
  }

  @Override
  public List<DatasetField> fields() {
    return fields;
  }

  @Override
  public int size() {
    return samples.length;
  }

  @Override
  public void read(int index, DatasetField wanted, FloatBuffer into) {
    DatasetField original = inner.field(wanted.name()).orElseThrow();
    if (wanted.name().equals(field)) {
      into.put(label(original, samples[index]));
    } else {
      inner.read(samples[index], original, into);
    }
  }

  @Override
  public void read(int index, DatasetField wanted, RandomGenerator random, FloatBuffer into) {
    if (wanted.name().equals(field)) {
      read(index, wanted, into);
    } else {
      inner.read(samples[index], wanted, random, into);
    }
  }

  @Override
  public String caption(int index) {
    return inner.caption(samples[index]);
  }

  @Override
  public Optional<Dataset> heldOut() {
    return inner
        .heldOut()
        .filter(IndexedDataset.class::isInstance)
        .map(held -> new ClassesDataset((IndexedDataset) held, field, names));
  }
}
