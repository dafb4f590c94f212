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
import org.gantry.data.Dataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.tensor.Autograd;

/**
 * Judges pictures by a small classifier, trained once on nine tenths of the data set at hand and
 * kept with the run. It depends on the data and on the option {@code examples} alone, not on the
 * run's seed: values compare only under the same classifier.
 *
 * <p>Figures:
 *
 * <ul>
 *   <li>{@code classifier-accuracy} on the held-out tenth.
 *   <li>{@code inception-score}, the mean over ten parts of the samples, {@code
 *       inception-score-whole}, over all at once, and {@code inception-score-real}, of the held-out
 *       pictures; {@code inception-score-modified}, the variant of the energy-based GAN, on a scale
 *       of its own; {@code mode-score}.
 *   <li>{@code frechet-distance} of the 64 features before the last layer from those of the
 *       held-out pictures, and {@code frechet-distance-real} between two random halves of the
 *       held-out pictures (those that the classifier was trained on lie further off, and small sets
 *       lie further apart than large ones).
 *   <li>{@code kernel-distance} of the same features, which needs no such baseline: it is 0 on
 *       average for real pictures, whatever their number; and {@code kernel-distance-deviation}
 *       from one random subset to another, each of 1,000 or of half the smaller set.
 *   <li>{@code precision}, {@code recall}, {@code density} and {@code coverage}: as many samples
 *       and held-out pictures as there are of both, 2,500 at most, by their nearest neighbours.
 *       Precision and density fall with bad samples, recall and coverage with missing modes; one
 *       stray sample has a huge ball around it, which inflates precision and recall. The same with
 *       {@code -real} are of two random halves of the held-out pictures, so of smaller sets.
 *   <li>{@code classes-found}, those that the classifier sees in a sample; {@code class-share-min},
 *       the share of the rarest one; and {@code class-0} and so on, the share of each.
 * </ul>
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "classifier-score",
    summary =
        "Inception score, MODE score, Fréchet and kernel distance, precision, recall, density,"
            + " coverage and class histogram under a classifier trained on the data",
    paper =
        "arXiv:1606.03498, section 4; arXiv:1612.02136, section 3.4; arXiv:1706.08500;"
            + " arXiv:1801.01401; arXiv:1904.06991; arXiv:2002.09797")
final class ClassifierScore implements Metric {

  private static final int PARTS = 10;
  private static final int LARGEST_SUBSET = 1000;
  private static final int MOST_COMPARED = 2500;

  record Options(
      @Description("pictures that the classifier looks at while it is trained, counting repeats")
          @DefaultValue("100000")
          @Positive
          int examples,
      @Description("the reading of the MODE score: m1, m2, m3 or m4") @DefaultValue("m1")
          ModeScore mode,
      @Description("random subsets that the kernel distance is the mean of")
          @DefaultValue("50")
          @Min(2)
          int subsets,
      @Description("neighbours that bound a ball for precision and recall, or all others if fewer")
          @DefaultValue("3")
          @Positive
          int neighbours,
      @Description("neighbours that bound a ball for density and coverage, or all others if fewer")
          @DefaultValue("5")
          @Positive
          int densityNeighbours) {}

  private final Options options;

  @Inject
  ClassifierScore(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(Dataset dataset) {
    new LabelledImages(dataset);
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    LabelledImages pictures = new LabelledImages(evaluation.dataset());
    if (evaluation.sampleCount() < 2) {
      throw new UnusableComponentException("one sample has no spread to compare; two are least");
    }
    NDManager manager = evaluation.manager();
    boolean recording = Autograd.setRecording(true);
    try (ClassifierNetwork network = new ClassifierNetwork(manager)) {
      ImageClassifier classifier =
          ImageClassifier.loadOrTrain(evaluation, network, pictures, options.examples());
      int[] heldOut =
          RandomOrder.shuffle(
              pictures.heldOut(), evaluation.randomStreams().at("classifier-score-held-out"));
      ClassPredictions real = classifier.classify(manager, pictures, heldOut);
      NDArray samples = evaluation.samples();
      ClassPredictions fake = classifier.classify(manager, pictures, samples);

      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("classifier-accuracy", real.accuracy(pictures, heldOut));
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
              Math.max(2, Math.min(LARGEST_SUBSET, Math.min(size(fake), size(real)) / 2)),
              evaluation.randomStreams().at("kernel-distance-subsets"));
      figures.put("kernel-distance", estimate.mean());
      figures.put("kernel-distance-deviation", estimate.deviation());
      return figures;
    }
  }

  private Map<String, Double> fidelity(NDArray real, NDArray fake) {
    int count = Math.min(MOST_COMPARED, Math.min(size(real), size(fake)));
    List<float[]> held = MatrixRows.firstRows(real, Math.min(MOST_COMPARED, size(real)));
    int half = held.size() / 2;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.putAll(fidelity(held.subList(0, count), MatrixRows.firstRows(fake, count)).figures(""));
    figures.putAll(
        fidelity(held.subList(0, half), held.subList(half, held.size())).figures("-real"));
    return figures;
  }

  private SampleFidelity fidelity(List<float[]> real, List<float[]> fake) {
    return SampleFidelity.of(real, fake, options.neighbours(), options.densityNeighbours());
  }

  private static int size(NDArray features) {
    return Math.toIntExact(features.getShape().get(0));
  }
}
