package org.gantry.testkit.contract;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.sampler.TrainedModel;
import org.gantry.training.Composition;
import org.gantry.training.Session;

/** The networks of a small game, for metrics that apply them. Opened when they are asked for. */
final class UntrainedGame implements AutoCloseable {

  /** A port of the discriminator with a logit of each class. */
  static final String CLASSES = "classes";

  private final Dataset data;
  private Session session;

  UntrainedGame(Dataset data) {
    this.data = data;
  }

  /**
   * Returns the networks, with initial weights.
   *
   * @param manager owns their results
   */
  TrainedModel model(NDManager manager) {
    if (session == null) {
      session =
          Session.open(
              AdaptiveGame.of(new CrossEntropyLoss())
                  .withTopology(UntrainedGame::wire)
                  .withDatasets(Map.of(Composition.MAIN_DRAW, data))
                  .build());
    }
    return session.trainedModel(manager, 1);
  }

  /** Wires a generator, and a discriminator that also classifies. */
  private static void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    discriminator.apply(real).get(CLASSES);
    Signal fake = generator.apply(latent).get(DatasetField.IMAGE);
    graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, "generator"));
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
