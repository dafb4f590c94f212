package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;

/** The contract of metrics, checked on the first typical subject that they support. */
final class MetricContract {

  private static final int COUNT = 64;

  private MetricContract() {}

  /** The values of a metric, and whether the samples are the same after the evaluation. */
  private record MetricTrial(Map<String, Double> values, boolean samplesUnchanged) {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it evaluates typical data, or states what it needs", () -> evaluate(subject)),
        new ContractCheck(
            "it refuses unsupported data before the training", () -> checkRefusals(subject)),
        new ContractCheck(
            "its values are finite and have names in kebab case", () -> checkValues(subject)),
        new ContractCheck(
            "the same samples give the same values",
            () -> {
              Map<String, Double> first = evaluate(subject).values();
              Map<String, Double> second = evaluate(subject).values();
              ContractAssertions.require(
                  first.equals(second),
                  "two evaluations of the same samples give %s and %s",
                  first,
                  second);
            }),
        new ContractCheck(
            "it does not change the samples",
            () ->
                ContractAssertions.require(
                    evaluate(subject).samplesUnchanged(),
                    "the array of samples has other values after the evaluation")));
  }

  private static void checkRefusals(ContractSubject subject) throws Exception {
    Map<String, MetricSubject> described = MetricSubjects.described();
    for (Map.Entry<String, MetricSubject> data : MetricSubjects.plain().entrySet()) {
      if (refuses(subject, data.getKey(), data.getValue())) {
        refuses(subject, data.getKey() + " with counterparts", described.get(data.getKey()));
      }
    }
  }

  /** Whether the metric refuses a subject; requires that it does so before the training, too. */
  private static boolean refuses(ContractSubject subject, String name, MetricSubject data)
      throws Exception {
    Optional<String> before = refusal(() -> subject.create(Metric.class).requireCompatible(data));
    Optional<String> after = refusal(() -> evaluate(subject, data));
    ContractAssertions.require(
        before.isPresent() == after.isPresent(),
        "on %s, requireCompatible throws %s and evaluate throws %s; requireCompatible must refuse"
            + " what evaluate refuses",
        name,
        before.orElse("nothing"),
        after.orElse("nothing"));
    return before.isPresent();
  }

  private static Optional<String> refusal(ContractCheck.CheckBody body) throws Exception {
    try {
      body.run();
      return Optional.empty();
    } catch (UnusableComponentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static void checkValues(ContractSubject subject) throws Exception {
    Map<String, Double> values = evaluate(subject).values();
    ContractAssertions.require(!values.isEmpty(), "it returns no value");
    values.forEach(
        (name, value) -> {
          ContractAssertions.require(Double.isFinite(value), "%s is %s", name, value);
          ContractAssertions.require(
              name.matches("[a-z0-9]+(-[a-z0-9]+)*"),
              "the name '%s' is not in kebab case, such as 'mean-square'",
              name);
        });
  }

  private static MetricTrial evaluate(ContractSubject subject) throws Exception {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map<String, MetricSubject> subjects :
        List.of(MetricSubjects.plain(), MetricSubjects.described())) {
      for (Map.Entry<String, MetricSubject> data : subjects.entrySet()) {
        try {
          return evaluate(subject, data.getValue());
        } catch (UnusableComponentException e) {
          refusals.put(data.getKey(), e.getMessage());
        }
      }
    }
    throw new NotApplicableException("it supports none of the typical data: " + refusals);
  }

  private static MetricTrial evaluate(ContractSubject subject, MetricSubject data)
      throws Exception {
    List<MetricTrial> trials = new ArrayList<>();
    try (ScratchFolder cache = ScratchFolder.create();
        UntrainedGame game = new UntrainedGame(data.dataset())) {
      TensorScope.runUnrecorded(
          manager -> {
            RealDataContext context = new RealDataContext(manager, data, game, cache.path());
            double[] before = ArrayAssertions.toDoubles(context.samples());
            Map<String, Double> values = subject.create(Metric.class).evaluate(context);
            double[] after = ArrayAssertions.toDoubles(context.samples());
            trials.add(new MetricTrial(values, Arrays.equals(before, after)));
          });
    }
    return trials.get(0);
  }

  /** Real samples in place of generated ones, as of a perfect generator. */
  private record RealDataContext(
      NDManager manager, MetricSubject subject, UntrainedGame game, Path cacheFolder)
      implements EvaluationContext {

    @Override
    public Dataset dataset() {
      return subject.dataset();
    }

    @Override
    public ModelUse use() {
      return subject.use();
    }

    @Override
    public int sampleCount() {
      return COUNT;
    }

    @Override
    public NDArray samples() {
      return MetricSubjects.rows(manager, dataset(), DatasetField.IMAGE, COUNT);
    }

    @Override
    public Optional<NDArray> field(String name) {
      return use().counterpart().filter(c -> c.name().equals(name)).isPresent()
          ? Optional.of(samples().mul(MetricSubjects.PALE))
          : use()
              .input(name)
              .filter(ModelInput::fromData)
              .map(input -> MetricSubjects.rows(manager, dataset(), name, COUNT));
    }

    @Override
    public TrainedModel trainedModel() {
      return game.model(manager);
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(3);
    }
  }
}
