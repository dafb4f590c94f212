package org.gantry.recipes.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.loss.ScoreLoss;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.topology.Topology;

/** Small components of every kind but architectures, with options of every type. */
@SuppressWarnings({
  "SameNameButDifferent",
  "UnusedVariable"
}) // each has its Options, and may ignore them
final class TestComponents {

  private TestComponents() {}

  /** Points in the plane. */
  @Component(kind = ComponentKind.DATASET, name = "points", summary = "points in the plane")
  static final class Points implements SampledDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -1, 1, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      into.get(DatasetField.IMAGE).put(random.nextFloat()).put(random.nextFloat());
    }
  }

  /** Points in a folder. */
  @Component(kind = ComponentKind.DATASET, name = "folder", summary = "points of a folder")
  static final class Folder implements SampledDataset {

    record Options(
        @Description("the folder") Path path,
        @Description("the file of labels; empty for none") @DefaultValue("") Path labels) {}

    private final Points points = new Points();

    @Inject
    Folder(Options options) {
      if (!Files.isDirectory(options.path())) {
        throw new UnusableComponentException(
            options.path().getFileName() + " does not exist; name a folder");
      }
    }

    @Override
    public List<DatasetField> fields() {
      return points.fields();
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      points.draw(random, into);
    }
  }

  /** A normal prior. */
  @Component(kind = ComponentKind.PRIOR, name = "normal", summary = "independent normal numbers")
  static final class Normal implements Prior {

    record Options(@Description("the length of a code") @DefaultValue("100") @Positive int size) {}

    private final Options options;

    @Inject
    Normal(Options options) {
      this.options = options;
    }

    @Override
    public Shape shape() {
      return new Shape(options.size());
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      while (into.hasRemaining()) {
        into.put((float) random.nextGaussian());
      }
    }
  }

  /** One generator, one discriminator. */
  @Component(
      kind = ComponentKind.TOPOLOGY,
      name = "unconditional",
      summary = "one generator, one discriminator")
  static final class Unconditional implements Topology {

    @Override
    public void wire(Graph graph) {
      Signal real = graph.real(DatasetField.IMAGE);
      Signal code = graph.latent("z");
      Network generator =
          graph
              .network("generator", ComponentKind.GENERATOR)
              .takes("latent", code)
              .gives("image", real);
      Network discriminator =
          graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes("image", real);
      Signal fake = generator.apply(code).get("image");
      graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
    }
  }

  /** A loss without options. */
  @Component(kind = ComponentKind.LOSS, name = "non-saturating", summary = "the usual loss")
  static final class NonSaturating implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }
  }

  /** A loss with options. */
  @Component(
      kind = ComponentKind.LOSS,
      name = "hinge",
      version = "1.2.0",
      summary = "a margin",
      paper = "arXiv:1705.02894")
  static final class Hinge implements ScoreLoss {

    record Options(@Description("the margin") @DefaultValue("1") @Positive double margin) {}

    @Inject
    Hinge(Options options) {}

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }
  }

  /** A loss that two bundles offer. */
  @Component(kind = ComponentKind.LOSS, name = "twin", summary = "offered twice")
  static final class Twin implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }
  }

  /** A regularizer with an enum and nested options. */
  @Component(
      kind = ComponentKind.REGULARIZER,
      name = "instance-noise",
      summary = "noise on samples")
  static final class InstanceNoise implements Regularizer {

    enum Course {
      CONSTANT,
      LINEAR,
      HALF_COSINE
    }

    record Window(
        @Description("where it begins") @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double from,
        @Description("where it ends") @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double to) {

      Window {
        if (from > to) {
          throw new IllegalArgumentException("'from' must not be greater than 'to'");
        }
      }
    }

    record Options(
        @Description("standard deviation") @DefaultValue("0.5") @PositiveOrZero double sigma,
        @Description("how it falls") @DefaultValue("constant") Course schedule,
        @Description("the part of the training") @DefaultValue("{}") Window window) {}

    @Inject
    InstanceNoise(Options options) {}

    @Override
    public void edit(Graph graph) {}
  }

  /** A regularizer with lists. */
  @Component(
      kind = ComponentKind.REGULARIZER,
      name = "weight-averaging",
      summary = "averages weights")
  static final class WeightAveraging implements Regularizer {

    record Options(
        @Description("what the average keeps")
            @DefaultValue("0.999")
            @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double decay,
        @Description("the layers") @DefaultValue("[1, 2]") @Size(min = 1, max = 3) List<@Positive Integer> layers,
        @Description("a label") @DefaultValue("ema") @Size(max = 5) String label) {}

    @Inject
    WeightAveraging(Options options) {}

    @Override
    public void edit(Graph graph) {}
  }

  /** A regularizer that fits nowhere. */
  @Component(kind = ComponentKind.REGULARIZER, name = "picky", summary = "wants a missing role")
  static final class Picky implements Regularizer {

    @Override
    public void edit(Graph graph) {
      throw new UnusableComponentException("it needs a network with the role encoder");
    }
  }

  /** The usual optimizer. */
  @Component(kind = ComponentKind.OPTIMIZER, name = "adam", summary = "adaptive moments")
  static final class Adam implements Optimizer {

    record Options(
        @Description("the learning rate") @DefaultValue("2e-4") @Positive double rate,
        @Description("running mean") @DefaultValue("0.5") @PositiveOrZero double beta1) {}

    private final Options options;

    @Inject
    Adam(Options options) {
      this.options = options;
    }

    double rate() {
      return options.rate();
    }

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {}
  }

  /** An optimizer with a required option. */
  @Component(kind = ComponentKind.OPTIMIZER, name = "sgd", summary = "gradient descent")
  static final class Sgd implements Optimizer {

    record Options(@Description("the learning rate") @Positive double rate) {}

    @Inject
    Sgd(Options options) {}

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {}
  }

  /** A metric. */
  @Component(kind = ComponentKind.METRIC, name = "count", summary = "counts samples")
  static final class Count implements Metric {

    @Override
    public Map<String, Double> evaluate(EvaluationContext evaluation) {
      return Map.of("count", (double) evaluation.sampleCount());
    }
  }

  /** A metric of pictures alone. */
  @Component(kind = ComponentKind.METRIC, name = "sharpness", summary = "how sharp pictures are")
  static final class Sharpness implements Metric {

    @Override
    public void requireCompatible(MetricSubject subject) {
      if (subject.dataset().field(DatasetField.IMAGE).orElseThrow().shape().dimension() != 3) {
        throw new UnusableComponentException("only pictures are sharp");
      }
    }

    @Override
    public Map<String, Double> evaluate(EvaluationContext evaluation) {
      return Map.of("sharpness", 1.0);
    }
  }

  /** A sampler. */
  @Component(kind = ComponentKind.SAMPLER, name = "random", summary = "draws codes")
  static final class RandomSampler implements Sampler {

    @Override
    public NDArray sample(SamplingRequest request) {
      return request.model().manager().zeros(new Shape(request.count(), 2));
    }
  }
}
