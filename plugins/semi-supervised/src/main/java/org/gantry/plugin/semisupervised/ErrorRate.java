package org.gantry.plugin.semisupervised;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.QualityFigure;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/**
 * The classification error of a network on held-out samples: {@code error-rate}, the share of
 * errors; {@code wrong}, their number; and {@code of}, the number of samples. It does not use
 * generated samples.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "error-rate",
    summary = "Classification error of the discriminator on held-out samples",
    paper = "arXiv:1606.03498, section 6")
final class ErrorRate implements Metric {

  private static final int BATCH = 200;

  /** The network to evaluate. */
  record Options(
      @Description("the role of the network that classifies") @DefaultValue("discriminator")
          String network,
      @Description("the index of the class logits among the outputs of the network, from 0")
          @DefaultValue("1")
          int output) {}

  private final Options options;

  @Inject
  ErrorRate(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    heldOut(subject.dataset());
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(QualityFigure.lower("error-rate"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    TrainedModel networks = evaluation.trainedModel();
    if (!networks.roles().contains(options.network())) {
      throw new UnusableComponentException(
          "the run has no role %s; its roles are %s"
              .formatted(options.network(), String.join(", ", networks.roles())));
    }
    IndexedDataset unseen = heldOut(evaluation.dataset());
    DatasetField image = unseen.field(DatasetField.IMAGE).orElseThrow();
    DatasetField label = unseen.field(DatasetField.LABEL).orElseThrow();
    long wrong = 0;
    for (int first = 0; first < unseen.size(); first += BATCH) {
      int count = Math.min(BATCH, unseen.size() - first);
      try (NDManager temporary = evaluation.manager().newSubManager()) {
        NDArray images = read(temporary, unseen, image, first, count);
        float[] labels = read(temporary, unseen, label, first, count).toFloatArray();
        List<NDArray> outputs = networks.apply(options.network(), images);
        outputs.forEach(o -> o.attach(temporary));
        wrong += countWrong(logits(outputs, label), labels);
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("error-rate", (double) wrong / unseen.size());
    figures.put("wrong", (double) wrong);
    figures.put("of", (double) unseen.size());
    return figures;
  }

  private static IndexedDataset heldOut(Dataset dataset) {
    Dataset unseen =
        dataset
            .heldOut()
            .orElseThrow(() -> new UnusableComponentException("the data set has no held-out part"));
    if (!(unseen instanceof IndexedDataset indexed) || unseen.field(DatasetField.LABEL).isEmpty()) {
      throw new UnusableComponentException("the data set has no labels");
    }
    return indexed;
  }

  private NDArray logits(List<NDArray> outputs, DatasetField label) {
    Shape shape =
        options.output() < outputs.size() ? outputs.get(options.output()).getShape() : null;
    if (shape == null || shape.dimension() != 2 || shape.get(1) != label.classNames().size()) {
      throw new UnusableComponentException(
          "the %s has no logits of %d classes at output %d"
              .formatted(options.network(), label.classNames().size(), options.output()));
    }
    return outputs.get(options.output());
  }

  private static NDArray read(
      NDManager manager, IndexedDataset dataset, DatasetField field, int first, int count) {
    return FloatArrays.fill(
        manager,
        new Shape(count).addAll(field.shape()),
        buffer -> {
          for (int i = first; i < first + count; i++) {
            dataset.read(i, field, buffer);
          }
        });
  }

  /** The number of rows whose maximum is not at their label. */
  static long countWrong(NDArray logits, float[] labels) {
    long[] guesses = logits.argMax(1).toLongArray();
    long wrong = 0;
    for (int i = 0; i < labels.length; i++) {
      wrong += guesses[i] == (long) labels[i] ? 0 : 1;
    }
    return wrong;
  }
}
