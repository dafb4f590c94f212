package org.gantry.plugin.deriveddatasets;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Size;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/** The samples of several data sets with the same fields, one after the other. */
@Component(
    kind = ComponentKind.DATASET,
    name = "combined",
    summary = "All samples of several data sets that have the same fields")
final class CombinedDataset implements IndexedDataset {

  record Options(
      @Description("the data sets; finite, with the same fields") @Size(min = 2) List<IndexedDataset> of) {}

  private final List<IndexedDataset> parts;

  @Inject
  CombinedDataset(Options options) {
    this(options.of());
  }

  private CombinedDataset(List<IndexedDataset> parts) {
    this.parts = parts;
    for (IndexedDataset part : parts) {
      if (!part.fields().equals(fields())) {
        throw new UnusableComponentException(
            "the data sets differ in their fields: %s and %s"
                .formatted(describe(fields()), describe(part.fields())));
      }
    }
  }

  private static String describe(List<DatasetField> fields) {
    return String.join(
        ", ",
        fields.stream()
            .map(
                f ->
                    "%s %s from %s to %s%s"
                        .formatted(
                            f.name(),
                            f.shape(),
                            f.low(),
                            f.high(),
                            f.classNames().isEmpty() ? "" : " " + f.classNames()))
            .toList());
  }

  @Override
  public List<DatasetField> fields() {
    return parts.get(0).fields();
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(IndexedDataset::size).reduce(0, Math::addExact);
  }

  /** A sample of one of the data sets. */
  private record PartSample(IndexedDataset part, int index) {}

  private PartSample find(int index) {
    int first = index;
    for (IndexedDataset part : parts) {
      if (first < part.size()) {
        return new PartSample(part, first);
      }
      first -= part.size();
    }
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    PartSample sample = find(index);
    sample.part().read(sample.index(), field, into);
  }

  @Override
  public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    PartSample sample = find(index);
    sample.part().read(sample.index(), field, random, into);
  }

  @Override
  public String caption(int index) {
    PartSample sample = find(index);
    return sample.part().caption(sample.index());
  }

  /** Returns the held-out samples of all parts; empty unless each part has some. */
  @Override
  public Optional<Dataset> heldOut() {
    List<IndexedDataset> held =
        parts.stream()
            .flatMap(part -> part.heldOut().stream())
            .filter(IndexedDataset.class::isInstance)
            .map(IndexedDataset.class::cast)
            .toList();
    return held.size() == parts.size() ? Optional.of(new CombinedDataset(held)) : Optional.empty();
  }
}
