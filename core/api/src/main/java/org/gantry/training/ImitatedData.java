package org.gantry.training;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;

/** Finds the data that the output of a use imitates. */
final class ImitatedData {

  private ImitatedData() {}

  /**
   * The field that a use imitates: its counterpart, or else what a discriminator compares with it;
   * empty if both are computed.
   */
  static Optional<NodeOperation.BatchField> field(TrainingGraph graph, GraphUse use) {
    return use.counterpart()
        .or(() -> comparedWith(graph, use.output()))
        .map(output -> output.node().operation())
        .filter(NodeOperation.BatchField.class::isInstance)
        .map(NodeOperation.BatchField.class::cast);
  }

  private static Optional<NodeOutput> comparedWith(TrainingGraph graph, NodeOutput made) {
    for (AdversarialPair pair : graph.pairs()) {
      for (FakeExample fake : pair.fakes()) {
        int index = fake.example().signals().indexOf(made);
        if (index >= 0 && index < pair.real().signals().size()) {
          return Optional.of((NodeOutput) pair.real().signals().get(index));
        }
      }
    }
    return Optional.empty();
  }

  /** The data whose field {@code image} a use imitates; the data of the run if it is unknown. */
  static Dataset of(TrainingGraph graph, GraphUse use) {
    Optional<NodeOperation.BatchField> field = field(graph, use);
    if (field.isEmpty()) {
      return graph.composition().dataset().component();
    }
    Dataset data = graph.dataset(field.get().draw());
    DatasetField imitated = field.get().field();
    if (imitated.name().equals(DatasetField.IMAGE)) {
      return data;
    }
    return data instanceof IndexedDataset indexed
        ? new IndexedView(indexed, imitated)
        : new SampledView((SampledDataset) data, imitated);
  }

  /** A finite data set in which another field is the image. */
  private record IndexedView(IndexedDataset of, DatasetField imitated) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return viewOf(of, imitated);
    }

    @Override
    public int size() {
      return of.size();
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      of.read(index, original(field), into);
    }

    @Override
    public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
      of.read(index, original(field), random, into);
    }

    private DatasetField original(DatasetField field) {
      return field.name().equals(DatasetField.IMAGE) ? imitated : field;
    }

    @Override
    public String caption(int index) {
      return of.caption(index);
    }

    @Override
    public Optional<Dataset> heldOut() {
      return of.heldOut()
          .filter(IndexedDataset.class::isInstance)
          .map(held -> new IndexedView((IndexedDataset) held, imitated));
    }
  }

  /** An infinite data set in which another field is the image. */
  private record SampledView(SampledDataset of, DatasetField imitated) implements SampledDataset {

    @Override
    public List<DatasetField> fields() {
      return viewOf(of, imitated);
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      Map<String, FloatBuffer> renamed = new HashMap<>();
      for (DatasetField field : of.fields()) {
        String name = field.name().equals(imitated.name()) ? DatasetField.IMAGE : field.name();
        boolean hidden = field.name().equals(DatasetField.IMAGE);
        renamed.put(field.name(), hidden ? FloatBuffer.allocate(field.length()) : into.get(name));
      }
      of.draw(random, renamed);
    }
  }

  /** The fields of a data set, with one of them in the place of the image. */
  private static List<DatasetField> viewOf(Dataset data, DatasetField imitated) {
    return data.fields().stream()
        .filter(field -> !field.name().equals(DatasetField.IMAGE))
        .map(
            field ->
                field.name().equals(imitated.name())
                    ? imitated.withName(DatasetField.IMAGE)
                    : field)
        .toList();
  }
}
