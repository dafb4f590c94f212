package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Graph;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class FrozenNetworkTest {

  /** The weights of a trained session under the names of their parameters. */
  private record SessionWeights(Map<String, float[]> values, Map<String, Shape> shapes)
      implements WeightSource {

    static SessionWeights of(Path folder, String role, NDManager manager) throws IOException {
      Map<String, float[]> values = new LinkedHashMap<>();
      Map<String, Shape> shapes = new LinkedHashMap<>();
      byte[] content = Files.readAllBytes(folder.resolve(role + ".safetensors"));
      for (NDArray array : NDList.decode(manager, content)) {
        values.put(array.getName(), array.toFloatArray());
        shapes.put(array.getName(), array.getShape());
      }
      return new SessionWeights(values, shapes);
    }

    @Override
    public String label() {
      return "the other run";
    }

    @Override
    public Map<String, NDArray> read(NDManager manager) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      values.forEach((name, v) -> arrays.put(name, manager.create(v, shapes.get(name))));
      return arrays;
    }
  }

  private static float[] output(Session session, NDManager manager) {
    return ToyGame.weights(session, manager).head().toFloatArray();
  }

  private static WeightSource trained(Path folder, NDManager manager) throws IOException {
    try (Session session = Session.open(TrainingGraph.build(ToyGame.composition()))) {
      for (int i = 0; i < 3; i++) {
        session.step();
      }
      session.save(folder);
    }
    return SessionWeights.of(folder, "generator", manager);
  }

  @Test
  void aNetworkThatTheTopologyFreezesKeepsItsWeightsAndHasNoPlayer(NDManager manager) {
    Composition game =
        ToyGame.withRegularizer(
            ToyGame.composition(), graph -> graph.network("generator").freeze());
    TrainingGraph graph = TrainingGraph.build(game);
    assertEquals(List.of("discriminator"), graph.players());
    try (Session session = Session.open(graph)) {
      float[] before = output(session, manager);
      Map<String, Double> values = session.step();
      assertEquals(List.of("discriminator/adversarial"), List.copyOf(values.keySet()));
      assertArrayEquals(before, output(session, manager));
    }
  }

  @Test
  void aNetworkStartsFromTheWeightsOfAnotherRun(@TempDir Path folder, NDManager manager)
      throws IOException {
    WeightSource weights = trained(folder, manager);
    Composition game =
        ToyGame.composition()
            .withSeed(99)
            .withSetups(Map.of("generator", NetworkSetup.startingFrom(weights)));
    try (Session session = Session.open(TrainingGraph.build(game));
        Session source = Session.resume(TrainingGraph.build(ToyGame.composition()), folder)) {
      assertArrayEquals(output(source, manager), output(session, manager));
      session.step();
      assertFalse(
          Arrays.equals(output(source, manager), output(session, manager)),
          "the network trains on");
    }
  }

  @Test
  void aRecipeCanFreezeANetworkWithItsWeights(@TempDir Path folder, NDManager manager)
      throws IOException {
    WeightSource weights = trained(folder, manager);
    Composition game =
        ToyGame.composition()
            .withSeed(99)
            .withSetups(Map.of("generator", NetworkSetup.frozen(weights)));
    try (Session session = Session.open(TrainingGraph.build(game))) {
      float[] before = output(session, manager);
      session.step();
      assertArrayEquals(before, output(session, manager));
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedWithTheirNames(@TempDir Path folder, NDManager manager)
      throws IOException {
    WeightSource weights = trained(folder, manager);
    Composition game =
        ToyGame.composition()
            .withSetups(Map.of("discriminator", NetworkSetup.startingFrom(weights)));
    TrainingGraph graph = TrainingGraph.build(game);
    String message =
        assertThrows(CompositionException.class, () -> Session.open(graph)).getMessage();
    assertTrue(
        message.startsWith(
            "the discriminator cannot start from the other run, which holds another network: "),
        message);
  }

  @Test
  void theFirstLayersCanKeepTheirWeights(NDManager manager) {
    NetworkSetup setup = new NetworkSetup(Optional.empty(), 1, 1, NetworkSetup.ALL_LAYERS);
    Composition game = ToyGame.composition().withSetups(Map.of("generator", setup));
    try (Session session = Session.open(TrainingGraph.build(game))) {
      List<float[]> before = parameters(session, manager);
      session.step();
      List<float[]> after = parameters(session, manager);
      assertArrayEquals(before.get(0), after.get(0));
      assertArrayEquals(before.get(1), after.get(1));
      assertFalse(Arrays.equals(before.get(2), after.get(2)));
    }
  }

  @Test
  void someLayersCanLearnMoreSlowly(NDManager manager) {
    NetworkSetup setup = new NetworkSetup(Optional.empty(), 0, 0.5, 1);
    Composition game = ToyGame.composition();
    List<float[]> start;
    List<float[]> usual;
    List<float[]> slow;
    try (Session session = Session.open(TrainingGraph.build(game))) {
      start = parameters(session, manager);
      session.step();
      usual = parameters(session, manager);
    }
    try (Session session =
        Session.open(TrainingGraph.build(game.withSetups(Map.of("generator", setup))))) {
      session.step();
      slow = parameters(session, manager);
    }
    float move = usual.get(0)[0] - start.get(0)[0];
    assertEquals(move / 2, slow.get(0)[0] - start.get(0)[0], 1e-6);
    assertArrayEquals(usual.get(2), slow.get(2));
  }

  @Test
  void aSetupOfAnUnknownRoleIsRefusedWithTheRoles() {
    Composition game = ToyGame.composition().withSetups(Map.of("genrator", NetworkSetup.UNTRAINED));
    assertEquals(
        "topology/plain has no role genrator that could start from other weights; it has"
            + " generator, discriminator",
        assertThrows(CompositionException.class, () -> TrainingGraph.build(game)).getMessage());
  }

  @Test
  void aComponentCanBringANetworkAlongThatARecipeReplaces() {
    Composition game =
        ToyGame.composition()
            .withTopology(ToyGame.bound("topology", "brings", FrozenNetworkTest::bringsGenerator))
            .withNetworks(
                Map.of(
                    ComponentKind.DISCRIMINATOR,
                    ToyGame.composition().networks().get(ComponentKind.DISCRIMINATOR)));
    assertEquals("generator/generator", origin(game));
    BoundComponent<Architecture> named =
        ToyGame.composition().networks().get(ComponentKind.GENERATOR);
    Map<String, BoundComponent<Architecture>> networks = new LinkedHashMap<>(game.networks());
    networks.put("generator", named);
    assertEquals("generator/mlp", origin(game.withNetworks(networks)));
  }

  private static String origin(Composition game) {
    return TrainingGraph.build(game).network("generator").origin().label();
  }

  private static void bringsGenerator(Graph graph) {
    graph.network(
        "generator",
        ComponentKind.GENERATOR,
        new NetworkPorts(List.of("latent"), List.of(), List.of("image")),
        site -> ToyGame.mlp(2));
    ToyGame.plain(graph);
  }

  /** The arrays by name, so that those of the first layer come first. */
  private static List<float[]> parameters(Session session, NDManager manager) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      session.export("generator").writeWeights(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return NDList.decode(manager, file.toByteArray()).stream()
        .sorted(Comparator.comparing(NDArray::getName))
        .map(NDArray::toFloatArray)
        .toList();
  }
}
