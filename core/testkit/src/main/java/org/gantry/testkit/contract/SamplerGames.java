package org.gantry.testkit.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;

/** Typical games of samplers. A sampler should work in at least one of them. */
final class SamplerGames {

  private static final String DRAWING = "drawing";

  private SamplerGames() {}

  /**
   * Returns games by what they make of what: points of codes, pictures of codes with a label or a
   * text, pictures of codes that networks classify and encode again, and pictures of pictures.
   */
  static Map<String, TrainingGraph> all() {
    Map<String, TrainingGraph> games = new LinkedHashMap<>();
    games.put("points of codes", AdaptiveGame.of(new CrossEntropyLoss()).build());
    games.put("pictures of labels", described(DatasetField.LABEL));
    games.put("pictures of texts", described(DatasetField.CAPTION));
    games.put("classified pictures of labels", game(SamplerGames::classify));
    games.put("pictures of pictures", game(SamplerGames::translate));
    return games;
  }

  private static TrainingGraph described(String field) {
    return game(graph -> describe(graph, field));
  }

  private static TrainingGraph game(Topology topology) {
    return TopologyGame.build(topology, Map.of(Composition.MAIN_DRAW, new ObligingDataset()));
  }

  private static void describe(Graph graph, String field) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal condition = graph.real(field);
    Signal latent = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .takes("condition", condition)
            .gives(DatasetField.IMAGE, real);
    Signal fake = generator.apply(latent, condition).get(DatasetField.IMAGE);
    pair(graph, real, fake, condition);
    graph.use("generation", fake);
  }

  /** A generator of codes, with an encoder and a classifier of images. */
  private static void classify(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .gives(DatasetField.IMAGE, real);
    Network encoder =
        graph
            .network("encoder", ComponentKind.ENCODER)
            .takes(DatasetField.IMAGE, real)
            .gives("latent", latent);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    encoder.freeze();
    Signal code = encoder.apply(real).get("latent");
    graph.pair(
        "game",
        discriminator,
        Example.of(real),
        FakeExample.of(generator.apply(code).get(DatasetField.IMAGE), "generator"));
    Signal fake = generator.apply(latent).get(DatasetField.IMAGE);
    Signal label = graph.real(DatasetField.LABEL);
    graph.use("sample", graph.map("requested", (image, ignored) -> image, fake, label));
    graph.use("code", code);
    graph.use("classes", graph.map("logits", c -> c.get(":, :2"), code));
  }

  private static void translate(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal drawing = graph.real(DRAWING);
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("given", drawing)
            .gives(DatasetField.IMAGE, real);
    Signal fake = generator.apply(drawing).get(DatasetField.IMAGE);
    pair(graph, real, fake, drawing);
    graph.use("translation", fake, real);
  }

  private static void pair(Graph graph, Signal real, Signal fake, Signal condition) {
    Network discriminator =
        graph
            .network("discriminator", ComponentKind.DISCRIMINATOR)
            .takes(DatasetField.IMAGE, real)
            .takes("condition", condition);
    graph.pair(
        "game",
        discriminator,
        Example.of(real, condition),
        new FakeExample(Example.of(fake, condition), List.of("generator"), 1, 1));
  }
}
