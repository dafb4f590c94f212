package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.export.ImportedModule;
import org.gantry.export.ModuleArchitecture;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.Activation;
import org.gantry.tensor.SafetensorsFile;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class ModuleNetworkTest {

  private static Block critic() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(Activation.TANH.layer())
        .add(Linear.builder().setUnits(1).build());
  }

  private static Path exported(Path folder) throws IOException {
    Path file = folder.resolve("critic.pt");
    Composition game = ToyGame.composition();
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(
        ComponentKind.DISCRIMINATOR,
        ToyGame.network(
            ComponentKind.DISCRIMINATOR, List.of("image"), List.of("score"), site -> critic()));
    try (Session session = Session.open(TrainingGraph.build(game.withNetworks(networks)));
        OutputStream out = Files.newOutputStream(file)) {
      session.step();
      session.export("discriminator").writeModule(Map.of(), out);
    }
    return file;
  }

  /** The generator also pleases a critic from a file, which does not learn. */
  private static void withCritic(Graph graph) {
    Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
    Network critic = graph.network("critic", ComponentKind.DISCRIMINATOR).takes("image", fake);
    Signal score = critic.apply(fake).get("score");
    graph.minimise("generator", "critic", 1, graph.map("displeased", s -> s.mean().neg(), score));
  }

  private static Composition game(Architecture critic) {
    Composition game =
        ToyGame.withRegularizer(ToyGame.composition(), ModuleNetworkTest::withCritic);
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(
        "critic",
        ToyGame.network(ComponentKind.DISCRIMINATOR, List.of("image"), List.of("score"), critic));
    return game.withNetworks(networks);
  }

  @Test
  void aModuleFromAFileJudgesWithoutLearning(@TempDir Path folder, NDManager manager)
      throws IOException {
    TrainingGraph graph = TrainingGraph.build(game(ModuleArchitecture.of(exported(folder))));
    assertEquals(List.of("discriminator", "generator"), graph.players());
    try (Session session = Session.open(graph);
        Session without = Session.open(TrainingGraph.build(ToyGame.composition()))) {
      double first = session.step().get("generator/critic");
      without.step();
      assertTrue(Double.isFinite(first));
      float[] pleasing = ToyGame.weights(session, manager).head().toFloatArray();
      float[] usual = ToyGame.weights(without, manager).head().toFloatArray();
      assertTrue(!Arrays.equals(pleasing, usual), "its gradient reaches the generator");
    }
  }

  @Test
  void aTrainingWithAModuleContinuesExactly(@TempDir Path folder) throws IOException {
    TrainingGraph graph = TrainingGraph.build(game(ModuleArchitecture.of(exported(folder))));
    Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    try (Session whole = Session.open(graph)) {
      whole.step();
      whole.save(checkpoint);
      try (Session resumed = Session.resume(graph, checkpoint)) {
        assertEquals(whole.step(), resumed.step());
      }
    }
  }

  @Test
  void aModuleOfAnotherProgramGetsItsPortsFromTheRecipe(@TempDir Path folder) throws IOException {
    ModuleArchitecture named =
        ModuleArchitecture.of(exported(folder), List.of("image"), List.of("score"));
    assertArrayEquals(new String[] {"image"}, named.ports().takes().toArray(new String[0]));
    try (Session session = Session.open(TrainingGraph.build(game(named)))) {
      assertTrue(Double.isFinite(session.step().get("generator/critic")));
    }
  }

  /** A game whose discriminator is a module that trains. */
  private static Composition fineTuned(Path file) {
    Composition game = ToyGame.composition();
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(
        ComponentKind.DISCRIMINATOR,
        ToyGame.network(
            ComponentKind.DISCRIMINATOR,
            List.of("image"),
            List.of("score"),
            ModuleArchitecture.of(file).trainable()));
    return game.withNetworks(networks);
  }

  private static float[] scores(Session session, NDManager manager) {
    return session
        .trainedModel(manager, 1)
        .apply("discriminator", manager.ones(new Shape(3, 2)))
        .head()
        .toFloatArray();
  }

  @Test
  void aTrainableModuleStartsFromTheFileAndLearns(@TempDir Path folder, NDManager manager)
      throws IOException {
    Path file = exported(folder);
    float[] stored;
    try (ImportedModule module = ImportedModule.load(manager, file)) {
      stored = module.apply(manager, manager.ones(new Shape(3, 2))).head().toFloatArray();
    }
    TrainingGraph graph = TrainingGraph.build(fineTuned(file));
    assertEquals(List.of("discriminator", "generator"), graph.players());
    try (Session session = Session.open(graph)) {
      assertArrayEquals(stored, scores(session, manager));
      session.step();
      assertFalse(Arrays.equals(stored, scores(session, manager)));
    }
  }

  @Test
  void aTrainableModuleLearnsAsTheSameLayersDo(@TempDir Path folder, NDManager manager)
      throws IOException {
    Path file = exported(folder);
    Composition game = fineTuned(file);
    Path weights = folder.resolve("critic.safetensors");
    try (Session session = Session.open(TrainingGraph.build(game));
        OutputStream out = Files.newOutputStream(weights)) {
      session.export("discriminator").writeWeights(out);
    }
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(
        ComponentKind.DISCRIMINATOR,
        ToyGame.network(
            ComponentKind.DISCRIMINATOR, List.of("image"), List.of("score"), site -> critic()));
    Composition layers =
        game.withNetworks(networks)
            .withSetups(
                Map.of("discriminator", NetworkSetup.startingFrom(new FileWeights(weights))));
    try (Session ofModule = Session.open(TrainingGraph.build(game));
        Session ofLayers = Session.open(TrainingGraph.build(layers))) {
      for (int i = 0; i < 3; i++) {
        assertEquals(ofLayers.step(), ofModule.step());
      }
    }
  }

  /** Weights in a file. */
  private record FileWeights(Path file) implements WeightSource {
    @Override
    public String label() {
      return file.toString();
    }

    @Override
    public Map<String, NDArray> read(NDManager manager) throws IOException {
      return new SafetensorsFile(file).read(manager);
    }
  }

  @Test
  void aTrainingOfAModuleContinuesExactly(@TempDir Path folder) throws IOException {
    TrainingGraph graph = TrainingGraph.build(fineTuned(exported(folder)));
    Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    try (Session whole = Session.open(graph)) {
      whole.step();
      whole.save(checkpoint);
      whole.step();
      try (Session resumed = Session.resume(graph, checkpoint)) {
        resumed.step();
        assertEquals(whole.step(), resumed.step());
      }
    }
  }

  @Test
  void anAveragedModuleIsAppliedWithItsAverage(@TempDir Path folder, NDManager manager)
      throws IOException {
    Path file = exported(folder);
    Composition averaged =
        ToyGame.withRegularizer(
            fineTuned(file),
            graph ->
                graph
                    .network("discriminator")
                    .averageWeights("still", (average, weights, update) -> {}));
    try (Session session = Session.open(TrainingGraph.build(averaged));
        ImportedModule module = ImportedModule.load(manager, file)) {
      float[] stored = module.apply(manager, manager.ones(new Shape(3, 2))).head().toFloatArray();
      Map<String, Double> first = session.step();
      assertArrayEquals(stored, scores(session, manager), "the average has not moved");
      assertNotEquals(first, session.step(), "the training uses the weights themselves");
      assertArrayEquals(stored, scores(session, manager));
    }
  }
}
