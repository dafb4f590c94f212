package org.gantry.plugin.crossentropy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.TensorTest;
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Data on a line segment, fakes on a parallel one at distance 1, and a fixed generator. While the
 * discriminator learns, the gradient of the generator's loss in the direction of the data (Arjovsky
 * and Bottou 2017, section 2) vanishes under minimax, but not under the non-saturating loss. With
 * noise on both sides it converges to a closed form: twice the derivative of the Jensen-Shannon
 * divergence between N(0, 0.5²) and N(1, 0.5²), 0.8992.
 */
@TensorTest
@Tag("convergence")
final class VanishingGradientTest {

  private static final int STEPS = 4000;

  /** The gradients of both losses at the first step, and averaged over the last steps. */
  private record LossGradients(
      double firstMinimax, double lastMinimax, double firstOther, double lastOther) {}

  @Test
  void theMinimaxGradientVanishesAndTheNonSaturatingOneDoesNot() {
    LossGradients slopes = train(0);
    assertTrue(
        slopes.lastMinimax() < slopes.firstMinimax() / 1000,
        () -> "minimax should lose three orders of magnitude: " + slopes);
    assertTrue(
        slopes.lastOther() > slopes.firstOther() * 3,
        () -> "the non-saturating slope should grow: " + slopes);
  }

  @Test
  void instanceNoiseKeepsTheGradientNearItsClosedForm() {
    LossGradients slopes = train(0.5);
    assertEquals(0.8992, slopes.lastMinimax(), 0.15 * 0.8992);
  }

  private static LossGradients train(double sigma) {
    List<Double> minimax = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    try (Session session = Session.open(TrainingGraph.build(composition(sigma)))) {
      for (int i = 0; i < STEPS; i++) {
        Map<String, Double> values = session.step();
        minimax.add(Math.abs(values.get("minimax-slope")));
        other.add(Math.abs(values.get("non-saturating-slope")));
      }
    }
    return new LossGradients(minimax.get(0), lastMean(minimax), other.get(0), lastMean(other));
  }

  private static double lastMean(List<Double> values) {
    return values.subList(STEPS - 20, STEPS).stream().mapToDouble(v -> v).average().orElseThrow();
  }

  private static Composition composition(double sigma) {
    return new Composition(
        bound("dataset", List.of(), List.of(), (Dataset) new SegmentData()),
        bound("prior", List.of(), List.of(), (Prior) new UnitPrior()),
        bound("topology", List.of(), List.of(), (Topology) VanishingGradientTest::wire),
        Map.of(
            ComponentKind.GENERATOR,
            bound(
                ComponentKind.GENERATOR,
                List.of("latent"),
                List.of("image"),
                (Architecture) site -> new OffsetBlock()),
            ComponentKind.DISCRIMINATOR,
            bound(
                ComponentKind.DISCRIMINATOR,
                List.of("image"),
                List.of("score"),
                (Architecture) site -> critic())),
        bound("loss", List.of(), List.of(), (Loss) new MinimaxLoss()),
        List.of(
            bound("regularizer", List.of(), List.of(), (Regularizer) graph -> noise(graph, sigma)),
            bound(
                "regularizer", List.of(), List.of(), (Regularizer) VanishingGradientTest::slopes)),
        player ->
            bound(
                "optimizer",
                List.of(),
                List.of(),
                player.equals("discriminator") ? new PlainAdam() : new FrozenOptimizer()),
        Map.of(),
        256,
        STEPS,
        1);
  }

  private static <T> BoundComponent<T> bound(
      String kind, List<String> takes, List<String> gives, T component) {
    return new BoundComponent<>(
        component, new ComponentOrigin(kind, "test", "1", "test 1", takes, gives, ""));
  }

  private static void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .gives("image", real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes("image", real);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real),
        FakeExample.of(generator.apply(latent).get("image"), "generator"));
  }

  private static void noise(Graph graph, double sigma) {
    graph
        .network("discriminator")
        .transformInput(
            "image",
            x ->
                graph.map(
                    "noised",
                    (a, n) -> a.add(n.mul((float) sigma)),
                    x,
                    graph.normal("noise", x.shape())));
  }

  /** Watches the gradient of each generator loss in the direction away from the data. */
  private static void slopes(Graph graph) {
    Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
    Signal score = graph.network("discriminator").apply(fake).get("score");
    Signal saturating = graph.map("saturating", new MinimaxLoss()::generatorLoss, score);
    Signal other = graph.map("other", s -> Activation.softPlus(s.neg()).mean(), score);
    graph.watch("minimax-slope", along(graph, graph.gradient(saturating, fake)));
    graph.watch("non-saturating-slope", along(graph, graph.gradient(other, fake)));
  }

  private static Signal along(Graph graph, Signal gradient) {
    return graph.map("along", g -> g.get(":, 0").sum(), gradient);
  }

  private static Block critic() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(64).build())
        .add(x -> new NDList(Activation.leakyRelu(x.singletonOrThrow(), 0.2f)))
        .add(Linear.builder().setUnits(64).build())
        .add(x -> new NDList(Activation.leakyRelu(x.singletonOrThrow(), 0.2f)))
        .add(Linear.builder().setUnits(1).build());
  }

  /** Points (0, u) with u uniform in [0, 1). */
  private static final class SegmentData implements SampledDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), 0, 1, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      into.get(DatasetField.IMAGE).put(0).put(random.nextFloat());
    }
  }

  private static final class UnitPrior implements Prior {
    @Override
    public Shape shape() {
      return new Shape(1);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      while (into.hasRemaining()) {
        into.put(random.nextFloat());
      }
    }
  }

  /** From u to (theta, u), with theta = 1. */
  private static final class OffsetBlock extends AbstractBlock {
    private final Parameter theta =
        addParameter(
            Parameter.builder()
                .setName("theta")
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(1))
                .optInitializer(Initializer.ONES)
                .build());

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray u = inputs.singletonOrThrow();
      NDArray shift = u.mul(0).add(store.getValue(theta, u.getDevice(), training));
      return new NDList(shift.concat(u, 1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return new Shape[] {new Shape(inputShapes[0].get(0), 2)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {}
  }

  private static final class FrozenOptimizer implements Optimizer {
    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {}
  }

  /** Adam with rate 1e-3 and decays 0.9 and 0.999. */
  private static final class PlainAdam implements Optimizer {
    @Override
    public List<String> slots() {
      return List.of("m", "v");
    }

    @Override
    public void update(ParameterUpdate update) {
      double count = (double) update.updateNumber();
      double correction = Math.sqrt(1 - Math.pow(0.999, count)) / (1 - Math.pow(0.9, count));
      for (int i = 0; i < update.parameters().size(); i++) {
        NDArray gradient = update.gradients().get(i);
        NDArray m = update.slots().get("m").get(i);
        NDArray v = update.slots().get("v").get(i);
        try (NDManager scratch = gradient.getManager().newSubManager()) {
          m.muli(0.9f).addi(owned(scratch, gradient.mul(0.1f)));
          v.muli(0.999f).addi(owned(scratch, owned(scratch, gradient.square()).mul(0.001f)));
          NDArray size = owned(scratch, owned(scratch, v.sqrt()).add(1e-8f));
          NDArray move =
              owned(scratch, owned(scratch, m.div(size)).mul((float) (1e-3 * correction)));
          update.parameters().get(i).subi(move);
        }
      }
    }

    private static NDArray owned(NDManager manager, NDArray array) {
      array.attach(manager);
      return array;
    }
  }
}
