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
import java.util.TreeMap;
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
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** A contract is worth as much as the mistakes that it finds. */
@TensorTest
final class ContractViolationTest {

  /** What is broken, by promise. */
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

  /** The Wasserstein loss with a mistake in the generator's half. */
  private record Mistaken(UnaryOperator<NDArray> generator) implements ScoreLoss {
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
  void aFlawlessLossBreaksNothing() throws Exception {
    assertEquals(
        Map.of(), broken(ComponentKind.LOSS, () -> new Mistaken(fake -> fake.mean().neg())));
  }

  @Test
  void aLossThatCutsTheGradientIsFound() throws Exception {
    assertBreaks(
        "its gradients are those of finite differences",
        "the gradient of generator-loss",
        broken(
            ComponentKind.LOSS, () -> new Mistaken(fake -> fake.mul(fake.stopGradient()).mean())));
  }

  @Test
  void aLossThatBecomesFloat64IsFound() throws Exception {
    Map<String, String> broken =
        broken(ComponentKind.LOSS, () -> new Mistaken(fake -> fake.mean().mul(0.5)));
    assertTrue(
        broken.values().stream().anyMatch(why -> why.contains("float64")), broken.toString());
  }

  @Test
  void aLossThatChangesItsArgumentIsFound() throws Exception {
    assertBreaks(
        "its functions are pure, and float32 on float32",
        "argument 1 after a call of generator-loss",
        broken(
            ComponentKind.LOSS,
            () ->
                new Mistaken(
                    fake -> {
                      NDArray value = fake.mean();
                      fake.stopGradient().muli(2);
                      return value;
                    })));
  }

  @Test
  void aLossThatOverflowsIsFound() throws Exception {
    assertBreaks(
        "extreme scores give finite losses",
        "Infinity",
        broken(ComponentKind.LOSS, () -> new Mistaken(fake -> fake.mul(2).exp().mean())));
  }

  /** Gradient descent that remembers its velocity in a field. */
  private static final class Forgetful implements Optimizer {
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
  void anOptimizerThatForgetsAndLeaksIsFound() throws Exception {
    Map<String, String> broken = broken(ComponentKind.OPTIMIZER, Forgetful::new);
    assertTrue(
        broken
            .keySet()
            .contains("all that it remembers is in its slots, so that a training can resume"),
        broken.toString());
    assertBreaks("updates leave no arrays behind", "arrays behind", broken);
  }

  /** Adds a term that grows from step to step, as it counts for itself. */
  private static final class Counting implements Regularizer {
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
  void aRegularizerThatRemembersByItselfIsFound() throws Exception {
    assertBreaks(
        "all that it remembers is in checkpoints, so that a training can resume",
        "in a training that was resumed before",
        broken(ComponentKind.REGULARIZER, Counting::new));
  }

  /** Draws from a generator of its own, and leaves the last float out. */
  private record Free() implements Prior {
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
        "it fills all that it is given, with finite numbers",
        "it leaves 1 floats unfilled",
        broken(ComponentKind.PRIOR, Free::new));
  }

  /** Values beyond the range that the field states. */
  private record Beyond() implements SampledDataset {
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
  void aDatasetBeyondItsRangeIsFound() throws Exception {
    assertBreaks(
        "every sample fills its fields, with finite numbers within their ranges",
        "which is not from 0.0 to 1.0",
        broken(ComponentKind.DATASET, Beyond::new));
  }

  /** Doubles, and says of itself that it does nothing. */
  private static final class Deceptive extends AbstractBlock implements ScriptableBlock {
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
  void aModuleThatGivesOtherThingsThanTheNetworkIsFound() throws Exception {
    Architecture architecture =
        site -> {
          if (site.output("image").dimension() != 1) {
            throw new UnusableComponentException("it makes points");
          }
          return new SequentialBlock()
              .add(Linear.builder().setUnits(2).build())
              .add(new Deceptive());
        };
    ContractSubject subject =
        new ContractSubject(
            ComponentKind.GENERATOR, List.of("latent"), List.of("image"), () -> architecture);
    assertBreaks(
        "as a TorchScript module it gives the same, or it says why it cannot be one",
        "gives as a module is",
        broken(subject));
  }
}
