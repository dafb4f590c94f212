package org.gantry.plugin.conditional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.ByteImages;
import org.gantry.data.InMemoryImages;
import org.gantry.layers.BranchConcat;
import org.gantry.layers.Flatten;
import org.gantry.layers.Reshape;
import org.gantry.loss.ScoreLoss;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;

/** A conditional game on images of two classes, with linear networks. */
final class LabelGame {

  private LabelGame() {}

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

  /**
   * Creates the game.
   *
   * @param encoder the condition of both players
   * @param gives its ports
   */
  static Composition of(
      ConditionalTopology.Options options,
      Architecture encoder,
      String gives,
      Regularizer... regularizers) {
    byte[] values = new byte[32];
    int[] labels = new int[8];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
      Arrays.fill(values, 4 * i, 4 * i + 4, (byte) (100 * labels[i]));
    }
    InMemoryImages data =
        InMemoryImages.of(new ByteImages(8, 1, 2, 2, values), labels, List.of("dark", "bright"));
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>();
    networks.put(
        ComponentKind.GENERATOR,
        network(ComponentKind.GENERATOR, "latent", "image", 4, new Reshape(new Shape(1, 2, 2))));
    networks.put(
        ComponentKind.DISCRIMINATOR,
        network(ComponentKind.DISCRIMINATOR, "image", "score", 1, new Flatten()));
    networks.put(
        ComponentKind.CONDITION,
        new BoundComponent<>(
            encoder,
            new ComponentOrigin(
                ComponentKind.CONDITION,
                "tried",
                "1.0.0",
                "test",
                List.of("label"),
                List.of(gives.split(",")),
                "")));
    return TinyGame.of(new CrossEntropy(), regularizers)
        .withDataset(bound(ComponentKind.DATASET, data))
        .withNetworks(networks)
        .withTopology(bound(ComponentKind.TOPOLOGY, new ConditionalTopology(options)));
  }

  private static BoundComponent<Architecture> network(
      String kind, String takes, String gives, int units, Block last) {
    return new BoundComponent<>(
        site ->
            new SequentialBlock()
                .add(new BranchConcat(new Flatten(), new Flatten()))
                .add(Linear.builder().setUnits(units).build())
                .add(last),
        new ComponentOrigin(
            kind, "tiny", "1.0.0", "test", List.of(takes, "condition"), List.of(gives), ""));
  }

  static <T> BoundComponent<T> bound(String kind, T component) {
    return new BoundComponent<>(
        component, new ComponentOrigin(kind, "tried", "1.0.0", "test", List.of(), List.of(), ""));
  }
}
