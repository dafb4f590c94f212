package org.gantry.plugin.moderegularized;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.Initializer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.Node;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;

/**
 * A game with known values. The data are (1, 0) and (0, 1). The encoder starts as the identity, and
 * the generator reconstructs (0.9, 0.2) and (0.1, 0.7). The prior has two codes. Every
 * discriminator gives probabilities of 0.9 and 0.7 to the data, 0.4 and 0.8 to the reconstructions,
 * and 0.3 and 0.6 to generated samples.
 */
final class ReferenceGame {

  private static final Shape POINT = new Shape(2);

  /** The data, the reconstructions, and the samples generated from (-1, 0) and (0, -1). */
  private static final float[] PLACES = {1, 0, 0, 1, .9f, .2f, .1f, .7f, -.9f, -.2f, -.1f, -.7f};

  private static final double[] BELIEFS = {0.9, 0.7, 0.4, 0.8, 0.3, 0.6};

  private ReferenceGame() {}

  /** The terms of the first step, each times its weight. */
  static Map<String, Double> firstStep(Topology topology) {
    TrainingGraph graph = graph(topology, new CrossEntropy(), 0);
    try (Session session = Session.open(graph)) {
      Map<String, Double> terms = session.step();
      for (Node node : graph.nodes()) {
        terms.computeIfPresent(node.name(), (name, value) -> value * node.weight());
      }
      return terms;
    }
  }

  /**
   * The game's graph.
   *
   * @param rate of plain gradient descent
   */
  static TrainingGraph graph(Topology topology, Loss loss, double rate) {
    return TrainingGraph.build(
        new Composition(
            bound(ComponentKind.DATASET, new CornerData()),
            bound(ComponentKind.PRIOR, new TwoCodePrior()),
            bound(ComponentKind.TOPOLOGY, topology),
            Map.of(
                ComponentKind.GENERATOR,
                new BoundComponent<>(
                    site -> linear(2, .9f, .1f, .2f, .7f),
                    origin(
                        ComponentKind.GENERATOR, List.of("latent"), List.of(DatasetField.IMAGE))),
                ComponentKind.ENCODER,
                new BoundComponent<>(
                    site -> linear(2, 1, 0, 0, 1),
                    origin(ComponentKind.ENCODER, List.of(DatasetField.IMAGE), List.of("latent"))),
                ComponentKind.DISCRIMINATOR,
                new BoundComponent<>(
                    site -> critic(),
                    origin(
                        ComponentKind.DISCRIMINATOR,
                        List.of(DatasetField.IMAGE),
                        List.of("score")))),
            bound(ComponentKind.LOSS, loss),
            List.of(),
            player -> bound(ComponentKind.OPTIMIZER, new PlainDescent(rate)),
            Map.of(),
            2,
            2,
            1));
  }

  private static <T> BoundComponent<T> bound(String kind, T component) {
    return new BoundComponent<>(component, origin(kind, List.of(), List.of()));
  }

  private static ComponentOrigin origin(String kind, List<String> takes, List<String> gives) {
    return new ComponentOrigin(kind, "golden", "1.0.0", "test", takes, gives, "");
  }

  private static Block linear(int units, float... weights) {
    Block linear = Linear.builder().setUnits(units).optBias(false).build();
    linear.setInitializer(given(weights), Parameter.Type.WEIGHT);
    return linear;
  }

  private static Initializer given(float... weights) {
    return (manager, shape, type) -> manager.create(weights, shape);
  }

  /** Narrow bumps at the points, with the logit of the probability as their height. */
  private static Block critic() {
    float[] logits = new float[BELIEFS.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(BELIEFS[i] / (1 - BELIEFS[i]));
    }
    return new SequentialBlock()
        .add(LambdaBlock.singleton(ReferenceGame::bells))
        .add(linear(1, logits));
  }

  private static NDArray bells(NDArray points) {
    NDArray places = points.getManager().create(PLACES, new Shape(1, BELIEFS.length, 2));
    return points.expandDims(1).sub(places).square().sum(new int[] {2}).mul(-1000f).exp();
  }

  /** The non-saturating game. */
  record CrossEntropy() implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return Activation.softPlus(real.neg()).mean().add(Activation.softPlus(fake).mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return Activation.softPlus(fake.neg()).mean();
    }
  }

  private record CornerData() implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, POINT, -1, 1, List.of()));
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      into.put(PLACES[2 * index]).put(PLACES[2 * index + 1]);
    }
  }

  private record TwoCodePrior() implements Prior {

    @Override
    public Shape shape() {
      return POINT;
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      into.put(-1).put(0).put(0).put(-1);
    }
  }

  private record PlainDescent(double rate) implements Optimizer {

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        update.parameters().get(i).subi(update.gradients().get(i).mul((float) rate));
      }
    }
  }
}
