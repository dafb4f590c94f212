package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.ValueType;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.QualityFigure;
import org.gantry.sampler.ModelInput;
import org.gantry.tensor.Autograd;

/**
 * The effect of a translation between two classes of one label, such as faces with and without
 * glasses. The classifier is the network of {@code classifier-score}, trained on images of both
 * classes. It looks at the given images and at their translations.
 *
 * <p>The metric reports these values: {@code label-change}, the share of translations that show the
 * class of the data they imitate; {@code label-change-before}, the same for the given images;
 * {@code label-change-kept}, the share of the other labels that a translation shows as the given
 * image does; and {@code label-change-accuracy}, the accuracy of the classifier on held-out images.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "label-change",
    summary = "Share of translations that show another class of a label, and keep other labels",
    paper = "arXiv:1703.05192, section 4.2")
final class LabelChange implements Metric {

  private static final int LEAST_SAMPLES = 100;

  record Options(
      @Description("the data set with images of both classes; the classifier learns from it")
          IndexedDataset data,
      @Description("the label that a translation should change") String label,
      @Description("the labels that a translation should keep") @DefaultValue("[]")
          List<String> kept,
      @Description("the number of images that the classifier is trained on, with repeats")
          @DefaultValue("100000")
          @Positive int examples) {}

  private final Options options;

  @Inject
  LabelChange(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    DatasetField image = subject.image();
    subject
        .use()
        .counterpart()
        .ifPresent(
            counterpart -> {
              throw new UnusableComponentException(
                  "%s has a counterpart, with which kept-labels compares it"
                      .formatted(subject.use().name()));
            });
    givenImage(subject);
    LabelledImages images = images();
    if (!images.shape().equals(image.shape())) {
      throw new UnusableComponentException(
          "its data have images of shape %s, and the translations have the shape %s"
              .formatted(images.shape(), image.shape()));
    }
    targetClass(subject);
  }

  /** The image that a translation is made from. */
  private static ModelInput givenImage(MetricSubject subject) {
    List<ModelInput> images =
        subject.use().inputs().stream()
            .filter(input -> input.field().type() == ValueType.IMAGE)
            .toList();
    if (images.size() != 1) {
      throw new UnusableComponentException(
          "it needs samples that are made from one image, and %s is made from %d"
              .formatted(subject.use().name(), images.size()));
    }
    return images.get(0);
  }

  /** The images of both classes; the label that changes is the first. */
  private LabelledImages images() {
    return new LabelledImages(options.data(), labels());
  }

  private List<DatasetField> labels() {
    List<String> names =
        IntStream.rangeClosed(0, options.kept().size())
            .mapToObj(i -> i == 0 ? options.label() : options.kept().get(i - 1))
            .toList();
    return names.stream().map(this::label).toList();
  }

  private DatasetField label(String name) {
    return options
        .data()
        .field(name)
        .filter(field -> field.type() == ValueType.LABEL)
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "its data have no label '%s'; they have %s"
                        .formatted(
                            name,
                            String.join(
                                ", ",
                                options.data().fields().stream()
                                    .filter(field -> field.type() == ValueType.LABEL)
                                    .map(DatasetField::name)
                                    .toList()))));
  }

  /** The one class of the data that the translations imitate. */
  private int targetClass(MetricSubject subject) {
    List<String> target =
        subject.dataset().field(options.label()).map(DatasetField::classNames).orElse(List.of());
    if (target.size() != 1) {
      throw new UnusableComponentException(
          "it needs translations that imitate one class of '%s', such as data of kind classes,"
                  .formatted(options.label())
              + " and those of %s imitate %d".formatted(subject.use().name(), target.size()));
    }
    int index = label(options.label()).classNames().indexOf(target.get(0));
    if (index < 0) {
      throw new UnusableComponentException(
          "its data have no class '%s' of %s; the classes are %s"
              .formatted(
                  target.get(0),
                  options.label(),
                  String.join(", ", label(options.label()).classNames())));
    }
    return index;
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return LEAST_SAMPLES;
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(QualityFigure.higher("label-change"), QualityFigure.higher("label-change-kept"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    requireCompatible(evaluation.subject());
    LabelledImages images = images();
    String given = givenImage(evaluation.subject()).name();
    NDManager manager = evaluation.manager();
    boolean recording = Autograd.setRecording(true);
    try (ClassifierNetwork network = new ClassifierNetwork(manager, images.classCounts());
        NDArray originals =
            evaluation
                .field(given)
                .orElseThrow(() -> new UnusableComponentException("the samples have no " + given));
        NDArray translations = evaluation.samples()) {
      ImageClassifier classifier =
          ImageClassifier.loadOrTrain(evaluation, network, images, options.examples());
      List<int[]> before = classifier.classify(manager, images, originals).byLabel(images);
      List<int[]> after = classifier.classify(manager, images, translations).byLabel(images);
      return figures(
          targetClass(evaluation.subject()),
          before,
          after,
          LabelAgreement.ofHeldOut(manager, classifier, images).share());
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /**
   * The figures.
   *
   * @param before the class of each given image, for each label; the one that changes is the first
   * @param after the same for the translations
   */
  private static Map<String, Double> figures(
      int target, List<int[]> before, List<int[]> after, double accuracy) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("label-change", share(after.get(0), target));
    figures.put("label-change-before", share(before.get(0), target));
    if (after.size() > 1) {
      figures.put(
          "label-change-kept",
          IntStream.range(1, after.size())
              .mapToDouble(which -> agreement(before.get(which), after.get(which)))
              .average()
              .orElseThrow());
    }
    figures.put("label-change-accuracy", accuracy);
    return figures;
  }

  private static double share(int[] classes, int wanted) {
    return IntStream.of(classes).filter(c -> c == wanted).count() / (double) classes.length;
  }

  private static double agreement(int[] first, int[] second) {
    return IntStream.range(0, first.length).filter(i -> first[i] == second[i]).count()
        / (double) first.length;
  }
}
