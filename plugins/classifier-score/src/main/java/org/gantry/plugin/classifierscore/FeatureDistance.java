package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.tensor.Autograd;

/**
 * Compares generated and real images by features that need no labels: those of a small network that
 * is trained once to tell the positions of the images apart (arXiv:1803.07728), and kept with the
 * run, or those of a TorchScript module.
 *
 * <p>The names of the figures contain the protocol: the features and the number n of images of each
 * set. Only figures with equal names are comparable, and those of learned features only on the same
 * data. The metric reports {@code frechet-distance-FEATURES-nN} and {@code
 * kernel-distance-FEATURES-nN}, and the same with {@code -real} between two random sets of real
 * images of half the size.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "feature-distance",
    summary =
        "Fréchet and kernel distance of features learned without labels, or of a given network",
    paper = "arXiv:1706.08500; arXiv:1801.01401; arXiv:1803.07728")
final class FeatureDistance implements Metric {

  private static final int LEAST_SAMPLES = 500;
  private static final int MAX_SUBSET = 1000;

  record Options(
      @Description("a TorchScript .pt file whose output is the features; empty to learn them")
          @DefaultValue("")
          Path features,
      @Description("the side to which images are resized for the file; 0 for their own size")
          @DefaultValue("0")
          @PositiveOrZero int side,
      @Description("whether grey images get three equal channels for the file")
          @DefaultValue("false")
          boolean colour,
      @Description("the number of images that the features are learned from, with repeats")
          @DefaultValue("100000")
          @Positive int examples,
      @Description("the number of random subsets for the kernel distance")
          @DefaultValue("50")
          @Min(2) int subsets) {

    boolean learned() {
      return features.toString().isEmpty();
    }
  }

  private final Options options;

  @Inject
  FeatureDistance(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    new TurnedImages(subject.dataset());
    subject.image();
    if (!options.learned()) {
      ModuleFeatures.moduleName(options.features());
    }
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return LEAST_SAMPLES;
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    TurnedImages images = new TurnedImages(evaluation.dataset());
    int count = Math.min(evaluation.sampleCount(), images.imageCount());
    if (count < 4) {
      throw new UnusableComponentException("the metric needs at least four samples");
    }
    boolean recording = Autograd.setRecording(true);
    try (FeatureNetwork network = network(evaluation, images);
        NDManager manager = evaluation.manager().newSubManager()) {
      int[] drawn =
          RandomOrder.shuffle(
              IntStream.range(0, images.imageCount()).toArray(),
              evaluation.randomStreams().at("feature-distance-real"));
      NDArray real = network.ofReal(manager, Arrays.copyOf(drawn, count));
      NDArray samples = evaluation.samples();
      NDArray fake = network.ofGenerated(manager, samples.get(new NDIndex(":{}", count)));
      samples.close();
      return distances(evaluation, manager, real, fake, network.name());
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private FeatureNetwork network(EvaluationContext evaluation, TurnedImages images) {
    return options.learned()
        ? PositionFeatures.loadOrTrain(evaluation, images, options.examples())
        : ModuleFeatures.load(
            evaluation.manager(), options.features(), images, options.side(), options.colour());
  }

  private Map<String, Double> distances(
      EvaluationContext evaluation, NDManager manager, NDArray real, NDArray fake, String name) {
    int count = Math.toIntExact(real.getShape().get(0));
    int half = count / 2;
    NDArray first = real.get(new NDIndex(":{}", half));
    NDArray second = real.get(new NDIndex("{}:{}", half, 2 * half));
    Map<String, Double> figures = new LinkedHashMap<>();
    try (FrechetDistance frechet = new FrechetDistance(manager);
        KernelDistance kernel = new KernelDistance(manager)) {
      String whole = "%s-n%d".formatted(name, count);
      String halves = "%s-n%d-real".formatted(name, half);
      int subset = Math.max(2, Math.min(MAX_SUBSET, half));
      figures.put("frechet-distance-" + whole, frechet.ofSamples(fake, real));
      figures.put("frechet-distance-" + halves, frechet.ofSamples(first, second));
      figures.put(
          "kernel-distance-" + whole,
          kernel
              .ofSubsets(
                  fake,
                  real,
                  options.subsets(),
                  subset,
                  evaluation.randomStreams().at("feature-distance-subsets"))
              .mean());
      return figures;
    }
  }
}
