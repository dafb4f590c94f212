package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.gantry.tensor.RandomStreams;

/**
 * How often the caption of a sample can be found from its image, among other captions of the data.
 * The classifier of {@code classifier-score} learns which frequent words belong to an image. The
 * caption that is found is the one whose words become more probable by the image than those of
 * others. Captions without a frequent word do not count.
 *
 * <p>The metric reports {@code caption-retrieval}, the share of samples whose own caption is found,
 * and {@code real-retrieval}, the same for real images that the classifier was not trained on. A
 * guess finds one in {@code candidates}.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "caption-retrieval",
    summary = "How often the caption that a sample was made for can be found among others",
    paper = "arXiv:1605.05396, section 5")
final class CaptionRetrieval implements Metric {

  private static final int LEAST_SAMPLES = 100;

  /** The other captions are the same for all runs, so that their figures can be compared. */
  private static final RandomStreams STREAMS = new RandomStreams(0);

  record Options(
      @Description("the number of captions to choose from, the right one included")
          @DefaultValue("20")
          @Min(2) int candidates,
      @Description("the least number of images with a word; rarer words do not count")
          @DefaultValue("10")
          @Positive int leastImages,
      @Description("the number of images that the classifier is trained on, with repeats")
          @DefaultValue("100000")
          @Positive int examples) {}

  private final Options options;

  @Inject
  CaptionRetrieval(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    subject.image();
    images(words(subject));
  }

  private CaptionWords words(MetricSubject subject) {
    if (!(subject.dataset() instanceof IndexedDataset indexed)) {
      throw new UnusableComponentException("it needs a finite data set");
    }
    String name = caption(subject).field().name();
    DatasetField caption =
        indexed
            .field(name)
            .orElseThrow(
                () -> new UnusableComponentException("the data have no text '" + name + "'"));
    return CaptionWords.of(indexed, caption, options.leastImages());
  }

  private static ModelInput caption(MetricSubject subject) {
    return subject.requireConditions().stream()
        .filter(input -> input.field().type() == ValueType.TEXT)
        .findFirst()
        .orElseThrow(() -> new UnusableComponentException("no text is among the conditions"));
  }

  private static LabelledImages images(CaptionWords words) {
    return new LabelledImages(words, words.labels());
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return LEAST_SAMPLES;
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(QualityFigure.higher("caption-retrieval"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    requireCompatible(evaluation.subject());
    CaptionWords words = words(evaluation.subject());
    LabelledImages images = images(words);
    CaptionChoice choice = CaptionChoice.of(words, options.candidates());
    NDManager manager = evaluation.manager();
    boolean recording = Autograd.setRecording(true);
    try (ClassifierNetwork network = new ClassifierNetwork(manager, images.classCounts());
        NDArray samples = evaluation.samples()) {
      ImageClassifier classifier =
          ImageClassifier.loadOrTrain(evaluation, network, images, options.examples());
      int[] heldOut = images.heldOut();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(
          "caption-retrieval",
          choice.shareFound(
              captions(evaluation, words),
              classifier.classify(manager, images, samples).probabilities(),
              STREAMS.at("sample-candidates")));
      figures.put(
          "real-retrieval",
          choice.shareFound(
              IntStream.of(heldOut).mapToObj(words::readCaption).map(words::presence).toList(),
              classifier.classify(manager, images, heldOut).probabilities(),
              STREAMS.at("real-candidates")));
      return figures;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** The words of the caption that each sample was made for. */
  private static List<List<Boolean>> captions(EvaluationContext evaluation, CaptionWords words) {
    String name = caption(evaluation.subject()).name();
    try (NDArray captions =
        evaluation
            .field(name)
            .orElseThrow(() -> new UnusableComponentException("the samples have no " + name))) {
      float[] values = captions.toFloatArray();
      int length = values.length / evaluation.sampleCount();
      List<List<Boolean>> all = new ArrayList<>();
      for (int from = 0; from < values.length; from += length) {
        all.add(words.presence(Arrays.copyOfRange(values, from, from + length)));
      }
      return all;
    }
  }
}
