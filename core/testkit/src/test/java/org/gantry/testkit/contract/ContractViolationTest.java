package org.gantry.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.loss.ScoreLoss;
import org.gantry.metric.Metric;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Checks that the contracts find typical mistakes. */
@TensorTest
final class ContractViolationTest {

  /** Returns the failure messages of the broken promises, by promise. */
  private static Map<String, String> broken(String kind, Supplier<?> component) throws Exception {
    return broken(new ContractSubject(kind, List.of(), List.of(), component));
  }

  private static Map<String, String> broken(ContractSubject subject) throws Exception {
    Map<String, String> broken = new TreeMap<>();
    for (ContractCheck check : KindContracts.of(subject)) {
      try {
        check.body().run();
      } catch (NotApplicableException e) {
        assertTrue(!e.getMessage().isEmpty());
      } catch (AssertionError | RuntimeException e) {
        broken.put(check.promise(), String.valueOf(e.getMessage()));
      }
    }
    return broken;
  }

  private static void assertBreaks(String promise, String why, Map<String, String> broken) {
    assertTrue(broken.containsKey(promise), broken.toString());
    assertTrue(broken.get(promise).contains(why), broken.get(promise));
  }

  /** The Wasserstein loss with a mistake in the generator loss. */
  private record WassersteinVariant(UnaryOperator<NDArray> generator) implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return generator.apply(fake);
    }
  }

  @Test
  void aCorrectLossKeepsItsContract() throws Exception {
    assertEquals(
        Map.of(),
        broken(ComponentKind.LOSS, () -> new WassersteinVariant(fake -> fake.mean().neg())));
  }

  @Test
  void aLossThatCutsTheGradientIsFound() throws Exception {
    assertBreaks(
        "its gradients agree with finite differences",
        "the gradient of generator-loss",
        broken(
            ComponentKind.LOSS,
            () -> new WassersteinVariant(fake -> fake.mul(fake.stopGradient()).mean())));
  }

  @Test
  void aLossThatBecomesFloat64IsFound() throws Exception {
    Map<String, String> broken =
        broken(ComponentKind.LOSS, () -> new WassersteinVariant(fake -> fake.mean().mul(0.5)));
    assertTrue(
        broken.values().stream().anyMatch(why -> why.contains("float64")), broken.toString());
  }

  @Test
  void aLossThatChangesItsArgumentIsFound() throws Exception {
    assertBreaks(
        "its functions are pure and return float32 for float32",
        "argument 1 after a call of generator-loss",
        broken(
            ComponentKind.LOSS,
            () ->
                new WassersteinVariant(
                    fake -> {
                      NDArray value = fake.mean();
                      fake.stopGradient().muli(2);
                      return value;
                    })));
  }

  @Test
  void aLossThatOverflowsIsFound() throws Exception {
    assertBreaks(
        "extreme scores give finite losses, if it is a ScoreLoss",
        "Infinity",
        broken(ComponentKind.LOSS, () -> new WassersteinVariant(fake -> fake.mul(2).exp().mean())));
  }

  /** Gradient descent that keeps its velocity in a field. */
  private static final class StatefulDescent implements Optimizer {
    private final List<NDArray> velocities = new ArrayList<>();

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        NDArray parameter = update.parameters().get(i);
        if (velocities.size() <= i) {
          velocities.add(parameter.zerosLike());
        }
        velocities.get(i).muli(0.9f).addi(update.gradients().get(i));
        parameter.subi(velocities.get(i).mul(0.01f));
      }
    }
  }

  @Test
  void anOptimizerWithStateInAFieldAndALeakIsFound() throws Exception {
    Map<String, String> broken = broken(ComponentKind.OPTIMIZER, StatefulDescent::new);
    assertTrue(
        broken.keySet().contains("its whole state is in its slots, so that a training can resume"),
        broken.toString());
    assertBreaks("updates leave no arrays behind", "arrays behind", broken);
  }

  /** Adds a term that grows with each update, which it counts in a field. */
  private static final class StatefulRegularizer implements Regularizer {
    private float updates;

    @Override
    public void edit(Graph graph) {
      Network generator = graph.network("generator");
      generator.afterUpdate("count", weights -> updates++);
      graph.minimise(
          "generator",
          "growing",
          1,
          generator.mapWeights("sum", weights -> weights.head().sum().mul(updates)));
    }
  }

  @Test
  void aRegularizerWithStateInAFieldIsFound() throws Exception {
    assertBreaks(
        "its whole state is in checkpoints, so that a training can resume",
        "in a resumed training",
        broken(ComponentKind.REGULARIZER, StatefulRegularizer::new));
  }

  /** Leaves the last float of the buffer unfilled. */
  private record IncompletePrior() implements Prior {
    @Override
    public Shape shape() {
      return new Shape(3);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      while (into.remaining() > 1) {
        into.put((float) random.nextGaussian());
      }
    }
  }

  @Test
  void aPriorThatLeavesFloatsUnfilledIsFound() throws Exception {
    assertBreaks(
        "it fills the whole buffer with finite values",
        "it leaves 1 floats unfilled",
        broken(ComponentKind.PRIOR, IncompletePrior::new));
  }

  /** Has values out of the range of its field. */
  private record OutOfRangeDataset() implements SampledDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, new Shape(1), 0, 1, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      into.get(DatasetField.IMAGE).put(7);
    }
  }

  @Test
  void aDatasetWithValuesOutOfRangeIsFound() throws Exception {
    assertBreaks(
        "every sample fills its fields with finite values in their ranges",
        "which is out of the range from 0.0 to 1.0",
        broken(ComponentKind.DATASET, OutOfRangeDataset::new));
  }

  /** Doubles its input, but its TorchScript form does nothing. */
  private static final class WrongScriptBlock extends AbstractBlock implements ScriptableBlock {
    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      return new NDList(inputs.singletonOrThrow().mul(2));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }

    @Override
    public List<ScriptWriter.ScriptValue> writeScript(
        ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
      return inputs;
    }
  }

  @Test
  void aModuleWithOtherOutputsThanTheNetworkIsFound() throws Exception {
    Architecture architecture =
        site -> {
          if (site.output("image").dimension() != 1) {
            throw new UnusableComponentException("it makes only points");
          }
          return new SequentialBlock()
              .add(Linear.builder().setUnits(2).build())
              .add(new WrongScriptBlock());
        };
    ContractSubject subject =
        new ContractSubject(
            ComponentKind.GENERATOR, List.of("latent"), List.of("image"), () -> architecture);
    assertBreaks(
        "its TorchScript module has the same outputs, or the export states why there is none",
        "the output of the module of",
        broken(subject));
  }

  /** A sampler of conditional games, which needs labels. */
  private record LabelSampler(UnaryOperator<NDArray> change) implements Sampler {
    @Override
    public NDArray sample(SamplingRequest request) {
      if (request.use().input(DatasetField.LABEL).isEmpty()) {
        throw new UnusableComponentException("it needs a label");
      }
      request.progress().report(1, 2);
      return change.apply(request.make());
    }
  }

  private static Set<String> skipped(String kind, Supplier<?> component) throws Exception {
    Set<String> skipped = new TreeSet<>();
    for (ContractCheck check :
        KindContracts.of(new ContractSubject(kind, List.of(), List.of(), component))) {
      try {
        check.body().run();
      } catch (NotApplicableException e) {
        if (!e.getMessage().contains("@Component")) {
          skipped.add(check.promise());
        }
      }
    }
    return skipped;
  }

  @Test
  void aConditionalSamplerIsTriedInAConditionalGame() throws Exception {
    assertEquals(Map.of(), broken(ComponentKind.SAMPLER, () -> new LabelSampler(s -> s)));
    assertEquals(Set.of(), skipped(ComponentKind.SAMPLER, () -> new LabelSampler(s -> s)));

    Map<String, String> broken =
        broken(ComponentKind.SAMPLER, () -> new LabelSampler(s -> s.get("1:")));
    assertTrue(
        broken
            .get("it draws the requested number of samples in the shape of the data")
            .startsWith("in a game of pictures of labels: "),
        broken::toString);
  }

  @Test
  void aSamplerOfPicturesIsTriedOnPictures() throws Exception {
    Supplier<Sampler> sampler =
        () ->
            request -> {
              if (request.use().counterpart().isEmpty()) {
                throw new UnusableComponentException("it needs pairs of pictures");
              }
              return request.make().mul(Float.NaN);
            };
    assertTrue(
        broken(ComponentKind.SAMPLER, sampler)
            .get("it can draw hundreds of samples")
            .startsWith("in a game of pictures of pictures: "));
  }

  @Test
  void aSamplerThatReportsMoreThanItsWorkIsFound() throws Exception {
    Supplier<Sampler> sampler =
        () ->
            request -> {
              request.progress().report(3, 2);
              return request.make();
            };
    assertTrue(
        broken(ComponentKind.SAMPLER, sampler)
            .get("it can draw hundreds of samples")
            .contains("it reports a progress of 3 of 2"));
  }

  @Test
  void aMetricCanApplyTheNetworksOfARun() throws Exception {
    Supplier<Metric> metric =
        () ->
            context -> {
              NDArray latent = context.trainedModel().manager().zeros(new Shape(2, 3));
              return Map.of(
                  "roles", (double) context.trainedModel().apply("generator", latent).size());
            };
    assertEquals(Map.of(), broken(ComponentKind.METRIC, metric));
    assertEquals(Set.of(), skipped(ComponentKind.METRIC, metric));
  }
}
