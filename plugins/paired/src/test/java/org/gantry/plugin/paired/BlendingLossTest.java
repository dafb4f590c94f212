package org.gantry.plugin.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.ConstantInitializer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.loss.ScoreLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

/** The loss of the blending network of GP-GAN (arXiv:1703.07195, section 3.2), by hand. */
@TensorTest
final class BlendingLossTest {

  private static final double DISTANCE = 0.999;
  private static final double ADVERSARIAL = 0.001;

  /** A generator that changes nothing gives images that are too bright by 0.2. */
  private record BrightPastes() implements IndexedDataset {

    private static final DatasetField PASTED = DatasetField.image("pasted", 1, 4, 4);

    @Override
    public List<DatasetField> fields() {
      return List.of(DatasetField.image(1, 4, 4), PASTED);
    }

    @Override
    public int size() {
      return 4;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      for (int i = 0; i < field.length(); i++) {
        into.put(field.equals(PASTED) ? 0.2f : 0);
      }
    }
  }

  private static final class DifferenceOfScores implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }
  }

  private static Block unchanged() {
    Block network = new Convolution(1, new FilterWindow(1, 1, 0), false);
    network.setInitializer(new ConstantInitializer(1), Parameter.Type.WEIGHT);
    return network;
  }

  /**
   * The critic is updated first: its weights become -0.02, so the score of a paste becomes -0.7.
   * The paper's critic has the other sign, and its generator lowers 0.7.
   */
  private static Block scored() {
    Block network =
        new SequentialBlock().add(new Flatten()).add(Linear.builder().setUnits(1).build());
    network.setInitializer(new ConstantInitializer(0), Parameter.Type.WEIGHT);
    network.setInitializer(new ConstantInitializer(-0.636f), Parameter.Type.BIAS);
    return network;
  }

  private static <T> BoundComponent<T> bound(
      T component, String kind, List<String> takes, List<String> gives) {
    return new BoundComponent<>(
        component, new ComponentOrigin(kind, "fixed", "1.0.0", "testkit", takes, gives, ""));
  }

  private static TrainingGraph game() {
    Composition tiny = TinyGame.ofImages(new DifferenceOfScores());
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(tiny.networks());
    networks.put(
        ComponentKind.GENERATOR,
        bound(site -> unchanged(), ComponentKind.GENERATOR, List.of("given"), List.of("image")));
    networks.put(
        ComponentKind.DISCRIMINATOR,
        bound(site -> scored(), ComponentKind.DISCRIMINATOR, List.of("image"), List.of("score")));
    PairedTopology topology =
        new PairedTopology(
            new PairedTopology.Options("pasted", DISTANCE, true, ADVERSARIAL, "", 0, false));
    return TrainingGraph.build(
        tiny.withNetworks(networks)
            .withDataset(bound(new BrightPastes(), ComponentKind.DATASET, List.of(), List.of()))
            .withTopology(bound(topology, ComponentKind.TOPOLOGY, List.of(), List.of())));
  }

  @Test
  void theTermsAddUpToTheLossOfThePaper() {
    try (Session session = Session.open(game())) {
      Map<String, Double> step = session.step();

      assertEquals(0.04, step.get("generator/distance"), 1e-6);
      assertEquals(0.7, step.get("generator/adversarial"), 1e-6);
      assertEquals(
          0.04066,
          DISTANCE * step.get("generator/distance")
              + ADVERSARIAL * step.get("generator/adversarial"),
          1e-6);
    }
  }

  /**
   * The generator multiplies by w = 1, and the critic by -0.02 after its update. So the gradient of
   * the loss is 0.999 * 2 * 0.04 + 0.001 * 16 * 0.02 * 0.2, which descent multiplies by 0.1.
   */
  @Test
  void theGeneratorDescendsTheLossOfThePaper() {
    try (Session session = Session.open(game())) {
      session.step();

      double weight = 1 - 0.1 * (DISTANCE * 2 * 0.04 + ADVERSARIAL * 16 * 0.02 * 0.2);
      assertEquals(weight * weight * 0.04, session.step().get("generator/distance"), 1e-7);
    }
  }
}
