package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.metric.MetricSubject;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;

/** Typical subjects of metrics. A metric should accept at least one of them. */
final class MetricSubjects {

  /** The factor between a sample and its counterpart, so that their difference is not 0. */
  static final double PALE = 0.9;

  private MetricSubjects() {}

  /** Returns samples of each typical data set that are made of codes alone, by the data's name. */
  static Map<String, MetricSubject> plain() {
    Map<String, MetricSubject> plain = new LinkedHashMap<>();
    TypicalDatasets.all().forEach((name, data) -> plain.put(name, MetricSubject.of(data)));
    return plain;
  }

  /**
   * Returns the same with a counterpart, and with a label if the data have one; and small images
   * that are made for captions.
   */
  static Map<String, MetricSubject> described() {
    Map<String, MetricSubject> described = new LinkedHashMap<>();
    TypicalDatasets.all()
        .forEach((name, data) -> described.put(name, described(data, DatasetField.LABEL)));
    described.put(
        "captioned images", described(TypicalDatasets.captionedImages(), DatasetField.CAPTION));
    return described;
  }

  private static MetricSubject described(Dataset data, String condition) {
    ModelUse plain = MetricSubject.of(data).use();
    List<ModelInput> inputs = new ArrayList<>(plain.inputs());
    data.field(condition).ifPresent(field -> inputs.add(new ModelInput(condition, field, true)));
    return new MetricSubject(
        data,
        new ModelUse(
            plain.name(),
            plain.output(),
            inputs,
            Optional.of(new ModelInput("counterpart", plain.output(), true))));
  }

  /** Reads a field of samples, the same rows for every field. */
  static NDArray rows(NDManager manager, Dataset data, String name, int count) {
    DatasetField field = data.field(name).orElseThrow();
    return FloatArrays.fill(
        manager,
        new Shape(count).addAll(field.shape()),
        into -> {
          for (int i = 0; i < count; i++) {
            read(data, i, field, into);
          }
        });
  }

  private static void read(Dataset data, int i, DatasetField field, FloatBuffer into) {
    if (data instanceof IndexedDataset indexed) {
      indexed.read(i % indexed.size(), field, into);
      return;
    }
    RandomGenerator random = new RandomStreams(8).at("samples", i);
    Map<String, FloatBuffer> all = new LinkedHashMap<>();
    data.fields().forEach(f -> all.put(f.name(), FloatBuffer.allocate(f.length())));
    all.put(field.name(), into);
    ((SampledDataset) data).draw(random, all);
  }
}
