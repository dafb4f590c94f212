package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.metric.Evaluation;
import org.gantry.metric.Metric;
import org.gantry.tensor.Autograd;

/**
 * Judges pictures by a small classifier, trained once on nine tenths of the data set at hand and
 * kept with the run. It depends on the data and on the option {@code examples} alone, not on the
 * run's seed: values compare only under the same classifier.
 *
 * <p>Figures: {@code classifier-accuracy} on the held-out tenth; {@code inception-score}, the mean
 * over ten parts of the samples, {@code inception-score-whole}, over all at once, and {@code
 * inception-score-real}, of the held-out pictures; {@code mode-score}; {@code frechet-distance} of
 * the 64 features before the last layer from those of the held-out pictures, and {@code
 * frechet-distance-real} between the two halves of the held-out pictures (those that the classifier
 * was trained on lie further off, and small sets lie further apart than large ones); {@code
 * classes-found}, those that the classifier sees in a sample; {@code class-share-min}, the share of
 * the rarest one; and {@code class-0} and so on, the share of each.
 */
@Component(
    kind = Kind.METRIC,
    name = "classifier-score",
    summary =
        "Inception score, MODE score, Fréchet distance and class histogram under a classifier"
            + " trained on the data",
    paper = "arXiv:1606.03498, section 4; arXiv:1612.02136, section 4.2; arXiv:1706.08500")
final class ClassifierScore implements Metric {

  private static final int PARTS = 10;

  record Options(
      @Doc("pictures that the classifier looks at while it is trained, counting repeats")
          @Default("100000")
          @Positive int examples,
      @Doc("the reading of the MODE score: m1, m2, m3 or m4") @Default("m1") ModeScore mode) {}

  private final Options options;

  @Inject
  ClassifierScore(Options options) {
    this.options = options;
  }

  @Override
  public Map<String, Double> evaluate(Evaluation evaluation) {
    Pictures pictures = new Pictures(evaluation.dataset());
    NDManager manager = evaluation.manager();
    boolean recording = Autograd.recording(true);
    try (Network network = new Network(manager);
        Frechet frechet = new Frechet(manager)) {
      Classifier classifier = Classifier.kept(evaluation, network, pictures, options.examples());
      int[] heldOut = pictures.heldOut();
      Predictions real = classifier.classify(manager, pictures, heldOut);
      NDArray samples = evaluation.samples();
      Predictions fake = classifier.classify(manager, pictures, samples);

      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("classifier-accuracy", real.accuracy(pictures, heldOut));
      int parts = Math.min(PARTS, fake.probabilities().size());
      figures.put("inception-score", InceptionScore.ofParts(fake.probabilities(), parts));
      figures.put("inception-score-whole", InceptionScore.of(fake.probabilities()));
      figures.put("inception-score-real", InceptionScore.of(real.probabilities()));
      double[] marginal = Distribution.mean(real.probabilities());
      figures.put("mode-score", options.mode().of(fake.probabilities(), marginal));
      figures.put("frechet-distance", frechet.ofSamples(fake.features(), real.features()));
      figures.put("frechet-distance-real", betweenHalves(frechet, real.features()));
      double[] shares = fake.histogram();
      figures.put(
          "classes-found", (double) DoubleStream.of(shares).filter(share -> share > 0).count());
      figures.put("class-share-min", DoubleStream.of(shares).min().orElseThrow());
      for (int i = 0; i < shares.length; i++) {
        figures.put("class-" + i, shares[i]);
      }
      return figures;
    } finally {
      Autograd.recording(recording);
    }
  }

  private static double betweenHalves(Frechet frechet, NDArray features) {
    long middle = features.getShape().get(0) / 2;
    try (NDArray first = features.get(new NDIndex(":{}", middle));
        NDArray second = features.get(new NDIndex("{}:", middle))) {
      return frechet.ofSamples(first, second);
    }
  }
}
