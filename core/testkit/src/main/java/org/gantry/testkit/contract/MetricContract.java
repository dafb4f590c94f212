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
import org.gantry.component.Misfit;
import org.gantry.data.Dataset;
import org.gantry.data.Field;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.metric.Evaluation;
import org.gantry.metric.Metric;
import org.gantry.sampler.Trained;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.Numbers;

/** What every metric promises, on the first of the usual data that it can judge. */
final class MetricContract {

  private static final int COUNT = 64;

  private MetricContract() {}

  static List<Check> of(Subject subject) {
    return List.of(
        new Check(
            "it judges some usual data, and says of others why not",
            () -> evaluate(subject, new HashMap<>())),
        new Check(
            "it tells before a training what data it cannot judge", () -> checkRefusals(subject)),
        new Check("its figures are finite and named like options", () -> checkFigures(subject)),
        new Check(
            "the same samples get the same figures",
            () -> {
              Map<String, Double> once = evaluate(subject, new HashMap<>());
              Map<String, Double> again = evaluate(subject, new HashMap<>());
              Expect.that(once.equals(again), "once it says %s, then %s", once, again);
            }),
        new Check(
            "it leaves the samples as they are",
            () -> {
              Map<String, double[]> samples = new HashMap<>();
              evaluate(subject, samples);
              Expect.close(
                  0, samples.get("before"), samples.get("after"), "the samples afterwards");
            }));
  }

  private static void checkRefusals(Subject subject) throws Exception {
    for (Map.Entry<String, Dataset> data : Data.all().entrySet()) {
      Optional<String> before = refusal(() -> subject.as(Metric.class).check(data.getValue()));
      Optional<String> after = refusal(() -> evaluate(subject, data.getValue(), new HashMap<>()));
      Expect.that(
          before.isPresent() == after.isPresent(),
          "of %s, check says %s and evaluate says %s; what evaluate refuses, check has to refuse",
          data.getKey(),
          before.orElse("nothing"),
          after.orElse("nothing"));
    }
  }

  private static Optional<String> refusal(Check.Body body) throws Exception {
    try {
      body.run();
      return Optional.empty();
    } catch (Misfit e) {
      return Optional.of(e.getMessage());
    }
  }

  private static void checkFigures(Subject subject) throws Exception {
    Map<String, Double> figures = evaluate(subject, new HashMap<>());
    Expect.that(!figures.isEmpty(), "it gives no figure");
    figures.forEach(
        (name, value) -> {
          Expect.that(Double.isFinite(value), "%s is %s", name, value);
          Expect.that(
              name.matches("[a-z0-9]+(-[a-z0-9]+)*"),
              "the figure '%s' is not lower case, joined by hyphens",
              name);
        });
  }

  /** Evaluates real samples, and notes what they are before and after. */
  private static Map<String, Double> evaluate(Subject subject, Map<String, double[]> samples)
      throws Exception {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map.Entry<String, Dataset> data : Data.all().entrySet()) {
      try {
        return evaluate(subject, data.getValue(), samples);
      } catch (Misfit e) {
        refusals.put(data.getKey(), e.getMessage());
      }
    }
    throw new NotApplicable("it judges none of the usual data: " + refusals);
  }

  private static Map<String, Double> evaluate(
      Subject subject, Dataset data, Map<String, double[]> samples) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    Path cache = Files.createTempDirectory("gantry-metric-");
    try {
      Trial.unrecorded(
          manager -> {
            Real evaluation = new Real(manager, data, cache);
            samples.put("before", Numbers.doubles(evaluation.samples()));
            figures.putAll(subject.as(Metric.class).evaluate(evaluation));
            samples.put("after", Numbers.doubles(evaluation.samples()));
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
  private record Real(NDManager manager, Dataset dataset, Path cache) implements Evaluation {

    @Override
    public int count() {
      return COUNT;
    }

    @Override
    public NDArray samples() {
      Field field = dataset.field(Field.IMAGE).orElseThrow();
      return FloatArrays.fill(
          manager,
          new Shape(COUNT).addAll(field.shape()),
          into -> {
            for (int i = 0; i < COUNT; i++) {
              draw(i, field, into);
            }
          });
    }

    private void draw(int i, Field field, FloatBuffer into) {
      if (dataset instanceof IndexedDataset indexed) {
        indexed.read(i % indexed.size(), field, into);
      } else {
        RandomGenerator random = new RandomStreams(8).at("samples", i);
        ((SampledDataset) dataset).draw(random, Map.of(Field.IMAGE, into));
      }
    }

    @Override
    public Trained networks() {
      throw new NotApplicable("it looks at a run's networks, and here are only samples");
    }

    @Override
    public RandomStreams random() {
      return new RandomStreams(3);
    }
  }
}
