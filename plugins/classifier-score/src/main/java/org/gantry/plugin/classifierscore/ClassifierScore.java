package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.QualityFigure;
import org.gantry.tensor.Autograd;

/**
 * Evaluates images with a small classifier. The classifier is trained once, on nine tenths of the
 * data set, and kept with the run. It depends only on the data set and on the option {@code
 * examples}, not on the run's seed. Values are comparable only between runs that use the same
 * classifier.
 *
 * <p>The metric reports these values:
 *
 * <ul>
 *   <li>{@code classifier-accuracy}: the classification accuracy on held-out images.
 *   <li>{@code inception-score}: the mean over ten parts of the samples; {@code
 *       inception-score-whole}: over all samples; {@code inception-score-real}: of the held-out
 *       images; {@code inception-score-modified}: the variant of the energy-based GAN, on its own
 *       scale; {@code mode-score}.
 *   <li>{@code frechet-distance}: between the 64 features of the samples and of the held-out
 *       images; {@code frechet-distance-real}: between two random halves of the held-out images.
 *       The classifier's training images lie further away, and small sets lie further apart than
 *       large ones.
 *   <li>{@code kernel-distance}: of the same features. It needs no such baseline, because its mean
 *       for real images is 0 at any number of images. {@code kernel-distance-deviation}: the
 *       standard deviation over random subsets, each of 1,000 images or half of the smaller set.
 *   <li>{@code precision}, {@code recall}, {@code density} and {@code coverage}: nearest-neighbour
 *       measures on equally many samples and held-out images, at most 2,500. Precision and density
 *       fall with bad samples, recall and coverage with missing modes. An outlier has a large ball,
 *       which inflates precision and recall. The same values with {@code -real} compare two random
 *       halves of the held-out images, so smaller sets.
 *   <li>{@code classes-found}: the number of classes among the samples; {@code class-share-min}:
 *       the share of the rarest class; {@code class-0}, {@code class-1} and so on: the share of
 *       each class.
 * </ul>
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "classifier-score",
    summary =
        "Inception and MODE score, Fréchet and kernel distance, precision, recall,"
            + " density, coverage and class shares, from a classifier trained on the data set",
    paper =
        "arXiv:1606.03498, section 4; arXiv:1612.02136, section 3.4; arXiv:1706.08500;"
            + " arXiv:1801.01401; arXiv:1904.06991; arXiv:2002.09797")
final class ClassifierScore implements Metric {

  /** Enough for the covariance of 64 features, and for balls of neighbours that cover the data. */
  private static final int LEAST_SAMPLES = 500;

  private static final int PARTS = 10;
  private static final int MAX_SUBSET = 1000;
  private static final int MAX_COMPARED = 2500;

  record Options(
      @Description("the number of images that the classifier is trained on, with repeats")
          @DefaultValue("100000")
          @Positive int examples,
      @Description("the variant of the MODE score: m1, m2, m3 or m4") @DefaultValue("m1")
          ModeScore mode,
      @Description("the number of random subsets for the kernel distance")
          @DefaultValue("50")
          @Min(2) int subsets,
      @Description("the number of neighbours that bound a ball for precision and recall")
          @DefaultValue("3")
          @Positive int neighbours,
      @Description("the number of neighbours that bound a ball for density and coverage")
          @DefaultValue("5")
          @Positive int densityNeighbours) {}

  private final Options options;

  @Inject
  ClassifierScore(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    new LabelledImages(subject.dataset());
    subject.image();
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return LEAST_SAMPLES;
  }

  @Override
  public int realSamples(MetricSubject subject) {
    return new LabelledImages(subject.dataset()).heldOut().length;
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(
        QualityFigure.lower("frechet-distance"),
        QualityFigure.lower("kernel-distance"),
        QualityFigure.higher("inception-score"),
        QualityFigure.higher("mode-score"),
        QualityFigure.higher("precision"),
        QualityFigure.higher("recall"),
        QualityFigure.higher("density"),
        QualityFigure.higher("coverage"),
        QualityFigure.higher("classes-found"),
        QualityFigure.higher("class-share-min"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    LabelledImages images = new LabelledImages(evaluation.dataset());
    if (evaluation.sampleCount() < 2) {
      throw new UnusableComponentException("the metric needs at least two samples");
    }
    NDManager manager = evaluation.manager();
    boolean recording = Autograd.setRecording(true);
    try (ClassifierNetwork network = new ClassifierNetwork(manager, images.classCounts())) {
      ImageClassifier classifier =
          ImageClassifier.loadOrTrain(evaluation, network, images, options.examples());
      int[] heldOut =
          RandomOrder.shuffle(
              images.heldOut(), evaluation.randomStreams().at("classifier-score-held-out"));
      ClassPredictions real = classifier.classify(manager, images, heldOut);
      NDArray samples = evaluation.samples();
      ClassPredictions fake = classifier.classify(manager, images, samples);

      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("classifier-accuracy", real.accuracy(images, heldOut));
      int parts = Math.min(PARTS, fake.probabilities().size());
      figures.put("inception-score", InceptionScore.ofParts(fake.probabilities(), parts));
      figures.put("inception-score-whole", InceptionScore.of(fake.probabilities()));
      figures.put("inception-score-real", InceptionScore.of(real.probabilities()));
      figures.put("inception-score-modified", InceptionScore.modified(fake.probabilities()));
      double[] marginal = ClassDistribution.mean(real.probabilities());
      figures.put("mode-score", options.mode().of(fake.probabilities(), marginal));
      figures.putAll(distances(evaluation, real.features(), fake.features()));
      figures.putAll(fidelity(real.features(), fake.features()));
      double[] shares = fake.classHistogram();
      figures.put(
          "classes-found", (double) DoubleStream.of(shares).filter(share -> share > 0).count());
      figures.put("class-share-min", DoubleStream.of(shares).min().orElseThrow());
      for (int i = 0; i < shares.length; i++) {
        figures.put("class-" + i, shares[i]);
      }
      return figures;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private Map<String, Double> distances(EvaluationContext evaluation, NDArray real, NDArray fake) {
    Map<String, Double> figures = new LinkedHashMap<>();
    int middle = size(real) / 2;
    try (FrechetDistance frechet = new FrechetDistance(evaluation.manager());
        KernelDistance kernel = new KernelDistance(evaluation.manager());
        NDArray first = real.get(new NDIndex(":{}", middle));
        NDArray second = real.get(new NDIndex("{}:", middle))) {
      figures.put("frechet-distance", frechet.ofSamples(fake, real));
      figures.put("frechet-distance-real", frechet.ofSamples(first, second));
      KernelDistance.DistanceEstimate estimate =
          kernel.ofSubsets(
              fake,
              real,
              options.subsets(),
              Math.max(2, Math.min(MAX_SUBSET, Math.min(size(fake), size(real)) / 2)),
              evaluation.randomStreams().at("kernel-distance-subsets"));
      figures.put("kernel-distance", estimate.mean());
      figures.put("kernel-distance-deviation", estimate.deviation());
      return figures;
    }
  }

  private Map<String, Double> fidelity(NDArray real, NDArray fake) {
    int count = Math.min(MAX_COMPARED, Math.min(size(real), size(fake)));
    List<float[]> heldOutRows = MatrixRows.firstRows(real, Math.min(MAX_COMPARED, size(real)));
    int half = heldOutRows.size() / 2;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.putAll(
        fidelity(heldOutRows.subList(0, count), MatrixRows.firstRows(fake, count)).figures(""));
    figures.putAll(
        fidelity(heldOutRows.subList(0, half), heldOutRows.subList(half, heldOutRows.size()))
            .figures("-real"));
    return figures;
  }

  private SampleFidelity fidelity(List<float[]> real, List<float[]> fake) {
    return SampleFidelity.of(real, fake, options.neighbours(), options.densityNeighbours());
  }

  private static int size(NDArray features) {
    return Math.toIntExact(features.getShape().get(0));
  }
}
