package org.gantry.plugin.gradientpenalty;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.BranchConcat;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;

/** A game with a linear critic of points and their codes, which are three times the points. */
final class JointCriticGame {

  private static final String CODE = "code";

  private JointCriticGame() {}

  static Composition game(Regularizer penalty) {
    Composition game = TinyGame.of(new PenaltiesInTrainingTest.ZeroLoss(), penalty);
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(
        ComponentKind.DISCRIMINATOR,
        new BoundComponent<>(
            site ->
                new BranchConcat(
                    PenaltiesInTrainingTest.linear(), PenaltiesInTrainingTest.linear()),
            origin(
                ComponentKind.DISCRIMINATOR, List.of(DatasetField.IMAGE, CODE), List.of("score"))));
    return game.withTopology(
            new BoundComponent<>(
                JointCriticGame::wire, origin(ComponentKind.TOPOLOGY, List.of(), List.of())))
        .withNetworks(networks);
  }

  private static ComponentOrigin origin(String kind, List<String> takes, List<String> gives) {
    return new ComponentOrigin(kind, "codes", "1.0.0", "here", takes, gives, "");
  }

  private static void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("z");
    Signal code = graph.map("encoded", x -> x.mul(3), real);
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph
            .network("discriminator", ComponentKind.DISCRIMINATOR)
            .takes(DatasetField.IMAGE, real)
            .takes(CODE, code);
    Signal fake = generator.apply(latent).get(DatasetField.IMAGE);
    graph.pair(
        "game",
        discriminator,
        Example.of(real, code),
        new FakeExample(
            Example.of(fake, graph.normal("other", code.shape())),
            List.of(generator.player()),
            1,
            1));
  }
}
