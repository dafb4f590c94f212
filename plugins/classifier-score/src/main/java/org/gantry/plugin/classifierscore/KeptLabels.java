package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.QualityFigure;
import org.gantry.tensor.Autograd;

/**
 * The labels that a translation keeps: the share of labels that a classifier sees in the samples as
 * in their real counterparts. The classifier is the network of {@code classifier-score}, trained on
 * the images that the samples imitate.
 *
 * <p>The metric reports these values: {@code kept-labels}; {@code kept-labels-LABEL}, the same for
 * each label, if there are several; {@code kept-labels-min}, that of the class with the lowest
 * share; {@code classifier-accuracy}, the accuracy on held-out real images; and {@code
 * classifier-accuracy-LABEL}.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "kept-labels",
    summary = "Share of the labels that translations keep, such as a face its mood",
    paper = "arXiv:1611.02200, section 5.1")
final class KeptLabels implements Metric {

  private static final int LEAST_SAMPLES = 100;

  record Options(
      @Description("the label fields to compare; empty for all") @DefaultValue("[]")
          List<String> labels,
      @Description("the number of images that the classifier is trained on, with repeats")
          @DefaultValue("100000")
          @Positive int examples) {}

  private final Options options;

  @Inject
  KeptLabels(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    subject.requireCounterpart();
    subject.image();
    images(subject);
  }

  private LabelledImages images(MetricSubject subject) {
    return new LabelledImages(subject.dataset(), labels(subject));
  }

  private List<DatasetField> labels(MetricSubject subject) {
    List<DatasetField> known =
        subject.dataset().fields().stream()
            .filter(f -> f.type() == ValueType.LABEL && f.classNames().size() > 1)
            .toList();
    List<String> names = known.stream().map(DatasetField::name).toList();
    options.labels().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UnusableComponentException(
                  "the data have no label '%s'; they have %s"
                      .formatted(name, names.isEmpty() ? "none" : String.join(", ", names)));
            });
    List<DatasetField> chosen =
        known.stream()
            .filter(f -> options.labels().isEmpty() || options.labels().contains(f.name()))
            .toList();
    if (chosen.isEmpty()) {
      throw new UnusableComponentException("the data have no labels that could be kept");
    }
    return chosen;
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return LEAST_SAMPLES;
  }

  /** Each sample has one counterpart, whatever the size of the data set. */
  @Override
  public int realSamples(MetricSubject subject) {
    return Integer.MAX_VALUE;
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(QualityFigure.higher("kept-labels"), QualityFigure.higher("kept-labels-min"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    List<DatasetField> labels = labels(evaluation.subject());
    LabelledImages images = images(evaluation.subject());
    NDManager manager = evaluation.manager();
    NDArray counterparts =
        evaluation
            .counterparts()
            .orElseThrow(() -> new UnusableComponentException("the samples have no counterparts"));
    boolean recording = Autograd.setRecording(true);
    try (ClassifierNetwork network = new ClassifierNetwork(manager, images.classCounts());
        NDArray samples = evaluation.samples()) {
      ImageClassifier classifier =
          ImageClassifier.loadOrTrain(evaluation, network, images, options.examples());
      List<int[]> wanted = classifier.classify(manager, images, counterparts).byLabel(images);
      LabelAgreement kept =
          new LabelAgreement(
              rows(wanted, evaluation.sampleCount()),
              classifier.classify(manager, images, samples).byLabel(images),
              images.classCounts());
      Map<String, Double> figures = kept.figures("kept-labels", labels);
      LabelAgreement real = LabelAgreement.ofHeldOut(manager, classifier, images);
      figures.putAll(real.figures("classifier-accuracy", labels));
      figures.remove("classifier-accuracy-min");
      return figures;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** The class of each label, by sample. */
  private static List<int[]> rows(List<int[]> byLabel, int count) {
    return IntStream.range(0, count)
        .mapToObj(row -> byLabel.stream().mapToInt(classes -> classes[row]).toArray())
        .toList();
  }
}
