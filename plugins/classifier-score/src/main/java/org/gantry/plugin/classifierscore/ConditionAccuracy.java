package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.QualityFigure;
import org.gantry.sampler.ModelInput;
import org.gantry.tensor.Autograd;

/**
 * The accuracy with which samples are what they were made for, as a classifier of the data sees
 * them. A condition, such as a class or a caption, requests the labels that real samples of the
 * same condition have. The classifier is the network of {@code classifier-score}, trained once on
 * all these labels.
 *
 * <p>The metric reports these values:
 *
 * <ul>
 *   <li>{@code condition-accuracy}: the share of requested labels that the classifier sees; {@code
 *       condition-accuracy-LABEL}: the same for each label, if there are several; {@code
 *       condition-accuracy-min}: that of the class with the lowest share.
 *   <li>{@code condition-accuracy-unseen}: the same as the first, for the conditions of held-out
 *       samples that no training sample has; left out if there are none.
 *   <li>{@code condition-spread}: the spread of samples of the same condition, relative to that of
 *       real ones; 1 is right. {@code condition-spread-min}: that of the condition with the lowest
 *       one, among those with at least 20 samples.
 *   <li>{@code classifier-accuracy}: the accuracy on held-out real images, which a perfect
 *       generator reaches; {@code classifier-accuracy-LABEL}: the same for each label, if there are
 *       several.
 * </ul>
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "condition-accuracy",
    summary =
        "Accuracy with which samples are of the class, or as the text says, that they were made for",
    paper = "arXiv:1610.09585, section 4.1")
final class ConditionAccuracy implements Metric {

  /** Several samples of each class. */
  private static final int SAMPLES_PER_CLASS = 20;

  record Options(
      @Description("the number of images that the classifier is trained on, with repeats")
          @DefaultValue("100000")
          @Positive int examples) {}

  private final Options options;

  @Inject
  ConditionAccuracy(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    subject.image();
    List<DatasetField> conditions = conditions(subject);
    labelledImages(subject, RequestedLabels.read(finite(subject), conditions));
  }

  private static LabelledImages labelledImages(MetricSubject subject, RequestedLabels requested) {
    return new LabelledImages(subject.dataset(), requested.labels());
  }

  private static IndexedDataset finite(MetricSubject subject) {
    if (subject.dataset() instanceof IndexedDataset indexed) {
      return indexed;
    }
    throw new UnusableComponentException("it needs a finite data set");
  }

  /** The fields of the data that the samples are made for. */
  private static List<DatasetField> conditions(MetricSubject subject) {
    return subject.requireConditions().stream()
        .map(
            input ->
                subject
                    .dataset()
                    .field(input.field().name())
                    .filter(field -> field.classNames().equals(input.field().classNames()))
                    .orElseThrow(
                        () ->
                            new UnusableComponentException(
                                "the samples are made for the %s of other data than they imitate"
                                    .formatted(input.name()))))
        .toList();
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return SAMPLES_PER_CLASS
        * RequestedLabels.read(finite(subject), conditions(subject)).labels().stream()
            .mapToInt(label -> label.classNames().size())
            .max()
            .orElseThrow();
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(
        QualityFigure.higher("condition-accuracy"), QualityFigure.higher("condition-accuracy-min"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    requireCompatible(evaluation.subject());
    MetricSubject subject = evaluation.subject();
    IndexedDataset dataset = finite(subject);
    List<DatasetField> conditions = conditions(subject);
    RequestedLabels requested = RequestedLabels.read(dataset, conditions);
    LabelledImages images = labelledImages(subject, requested);
    NDManager manager = evaluation.manager();
    boolean recording = Autograd.setRecording(true);
    try (ClassifierNetwork network = new ClassifierNetwork(manager, images.classCounts());
        NDArray samples = evaluation.samples()) {
      ImageClassifier classifier =
          ImageClassifier.loadOrTrain(evaluation, network, images, options.examples());
      List<FloatBuffer> wanted = conditionsOfSamples(evaluation);
      Map<String, Double> figures =
          agreement(manager, classifier, images, samples, wanted, requested)
              .figures("condition-accuracy", requested.labels());
      UnseenConditions.samples(evaluation, dataset, conditions)
          .map(
              unseen ->
                  agreement(
                      manager,
                      classifier,
                      images,
                      unseen.samples(),
                      unseen.conditions(),
                      requested))
          .ifPresent(unseen -> figures.put("condition-accuracy-unseen", unseen.share()));
      figures.putAll(spread(evaluation, dataset, conditions, wanted));
      LabelAgreement real = LabelAgreement.ofHeldOut(manager, classifier, images);
      figures.putAll(real.figures("classifier-accuracy", requested.labels()));
      figures.remove("classifier-accuracy-min");
      return figures;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private static LabelAgreement agreement(
      NDManager manager,
      ImageClassifier classifier,
      LabelledImages images,
      NDArray samples,
      List<FloatBuffer> conditions,
      RequestedLabels requested) {
    return new LabelAgreement(
        conditions.stream().map(requested::of).toList(),
        classifier.classify(manager, images, samples).byLabel(images),
        images.classCounts());
  }

  private static List<FloatBuffer> conditionsOfSamples(EvaluationContext evaluation) {
    List<NDArray> values =
        evaluation.subject().requireConditions().stream()
            .map(ModelInput::name)
            .map(
                name ->
                    evaluation
                        .field(name)
                        .orElseThrow(
                            () -> new UnusableComponentException("the samples have no " + name)))
            .toList();
    List<FloatBuffer> conditions = RequestedLabels.conditionsOf(values, evaluation.sampleCount());
    values.forEach(NDArray::close);
    return conditions;
  }

  private static Map<String, Double> spread(
      EvaluationContext evaluation,
      IndexedDataset dataset,
      List<DatasetField> conditions,
      List<FloatBuffer> wanted) {
    DatasetField image = evaluation.subject().image();
    List<float[]> samples = evaluation.firstSamples(evaluation.sampleCount());
    return ClassSpread.figures(
        RequestedLabels.conditionsOf(dataset, conditions),
        index -> {
          FloatBuffer into = FloatBuffer.allocate(image.length());
          dataset.read(index, image, into);
          return into.array();
        },
        wanted,
        samples::get);
  }
}
