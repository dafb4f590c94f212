package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;

/** What every metric promises, on the first of the usual data that it can judge. */
final class MetricContract {

  private static final int COUNT = 64;

  private MetricContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it judges some usual data, and says of others why not",
            () -> evaluate(subject, new HashMap<>())),
        new ContractCheck(
            "it tells before a training what data it cannot judge", () -> checkRefusals(subject)),
        new ContractCheck(
            "its figures are finite and named like options", () -> checkFigures(subject)),
        new ContractCheck(
            "the same samples get the same figures",
            () -> {
              Map<String, Double> once = evaluate(subject, new HashMap<>());
              Map<String, Double> again = evaluate(subject, new HashMap<>());
              ContractAssertions.require(
                  once.equals(again), "once it says %s, then %s", once, again);
            }),
        new ContractCheck(
            "it leaves the samples as they are",
            () -> {
              Map<String, double[]> samples = new HashMap<>();
              evaluate(subject, samples);
              ContractAssertions.requireClose(
                  0, samples.get("before"), samples.get("after"), "the samples afterwards");
            }));
  }

  private static void checkRefusals(ContractSubject subject) throws Exception {
    for (Map.Entry<String, Dataset> data : TypicalDatasets.all().entrySet()) {
      Optional<String> before =
          refusal(() -> subject.create(Metric.class).requireCompatible(data.getValue()));
      Optional<String> after = refusal(() -> evaluate(subject, data.getValue(), new HashMap<>()));
      ContractAssertions.require(
          before.isPresent() == after.isPresent(),
          "of %s, check says %s and evaluate says %s; what evaluate refuses, check has to refuse",
          data.getKey(),
          before.orElse("nothing"),
          after.orElse("nothing"));
    }
  }

  private static Optional<String> refusal(ContractCheck.CheckBody body) throws Exception {
    try {
      body.run();
      return Optional.empty();
    } catch (UnusableComponentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static void checkFigures(ContractSubject subject) throws Exception {
    Map<String, Double> figures = evaluate(subject, new HashMap<>());
    ContractAssertions.require(!figures.isEmpty(), "it gives no figure");
    figures.forEach(
        (name, value) -> {
          ContractAssertions.require(Double.isFinite(value), "%s is %s", name, value);
          ContractAssertions.require(
              name.matches("[a-z0-9]+(-[a-z0-9]+)*"),
              "the figure '%s' is not lower case, joined by hyphens",
              name);
        });
  }

  /** Evaluates real samples, and notes what they are before and after. */
  private static Map<String, Double> evaluate(
      ContractSubject subject, Map<String, double[]> samples) throws Exception {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map.Entry<String, Dataset> data : TypicalDatasets.all().entrySet()) {
      try {
        return evaluate(subject, data.getValue(), samples);
      } catch (UnusableComponentException e) {
        refusals.put(data.getKey(), e.getMessage());
      }
    }
    throw new NotApplicableException("it judges none of the usual data: " + refusals);
  }

  private static Map<String, Double> evaluate(
      ContractSubject subject, Dataset data, Map<String, double[]> samples) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    Path cache = Files.createTempDirectory("gantry-metric-");
    try {
      TensorScope.runUnrecorded(
          manager -> {
            RealDataContext evaluation = new RealDataContext(manager, data, cache);
            samples.put("before", ArrayAssertions.toDoubles(evaluation.samples()));
            figures.putAll(subject.create(Metric.class).evaluate(evaluation));
            samples.put("after", ArrayAssertions.toDoubles(evaluation.samples()));
          });
      return figures;
    } finally {
      delete(cache);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Samples of the data themselves, as a generator without any fault would make them. */
  private record RealDataContext(NDManager manager, Dataset dataset, Path cacheFolder)
      implements EvaluationContext {

    @Override
    public int sampleCount() {
      return COUNT;
    }

    @Override
    public NDArray samples() {
      DatasetField field = dataset.field(DatasetField.IMAGE).orElseThrow();
      return FloatArrays.fill(
          manager,
          new Shape(COUNT).addAll(field.shape()),
          into -> {
            for (int i = 0; i < COUNT; i++) {
              draw(i, field, into);
            }
          });
    }

    private void draw(int i, DatasetField field, FloatBuffer into) {
      if (dataset instanceof IndexedDataset indexed) {
        indexed.read(i % indexed.size(), field, into);
      } else {
        RandomGenerator random = new RandomStreams(8).at("samples", i);
        ((SampledDataset) dataset).draw(random, Map.of(DatasetField.IMAGE, into));
      }
    }

    @Override
    public TrainedModel trainedModel() {
      throw new NotApplicableException("it looks at a run's networks, and here are only samples");
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(3);
    }
  }
}
