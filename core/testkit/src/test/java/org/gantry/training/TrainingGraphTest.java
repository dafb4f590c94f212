package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.graph.Signal;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class TrainingGraphTest {

  private static CompositionException refused(Composition composition) {
    return assertThrows(CompositionException.class, () -> TrainingGraph.build(composition));
  }

  @Test
  void shapesAreKnownWithoutAnyParameter() {
    TrainingGraph graph = TrainingGraph.build(ToyGame.composition());
    Node fake =
        graph.nodes().stream()
            .filter(n -> n.name().equals("generator(latent)"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(new Shape(ToyGame.BATCH, 2)), fake.shapes());
    assertEquals(List.of("image"), fake.ports());
  }

  @Test
  void inputsComeBeforeTheirReaders() {
    TrainingGraph graph = TrainingGraph.build(ToyGame.composition());
    for (Node node : graph.nodes()) {
      assertTrue(node.inputs().stream().allMatch(i -> i < node.id()), node::toString);
    }
  }

  @Test
  void aNetworkAppliedTwiceToTheSameSignalIsOneNode() {
    TrainingGraph graph =
        TrainingGraph.build(
            ToyGame.withRegularizer(
                ToyGame.composition(),
                g -> {
                  Signal score =
                      g.network("discriminator").apply(g.real(DatasetField.IMAGE)).get("score");
                  g.watch("mean-score", g.map("mean", NDArray::mean, score));
                }));
    assertEquals(
        2,
        graph.nodes().stream()
            .filter(n -> n.role().equals("discriminator") && n.type() == NodeType.NETWORK)
            .count());
  }

  @Test
  void aPlayerWhoseNetworksWereAllGivenAwayIsNotInTheGraph() {
    TrainingGraph graph =
        TrainingGraph.build(
            ToyGame.withRegularizer(
                ToyGame.composition(),
                g -> {
                  g.assignPlayer("former", g.network("generator"));
                  g.assignPlayer("generator", g.network("generator"));
                }));
    assertEquals(List.of("discriminator", "generator"), graph.players());
  }

  @Test
  void theErrorNamesARoleWithoutAnArchitecture() {
    Composition composition =
        ToyGame.withNetworks(
            ToyGame.composition(),
            Map.of(
                ComponentKind.GENERATOR,
                ToyGame.composition().networks().get(ComponentKind.GENERATOR)));
    CompositionException refusal = refused(composition);
    assertTrue(refusal.getMessage().contains("a role discriminator"), refusal.getMessage());
    assertEquals(ComponentKind.DISCRIMINATOR, refusal.missing().orElseThrow().kind());
  }

  @Test
  void aLossThatReadsAMissingPortIsRefused() {
    Composition composition =
        ToyGame.withLoss(
            ToyGame.composition(),
            (pair, graph) ->
                graph.watch(
                    "energy",
                    graph.map(
                        "sum",
                        NDArray::sum,
                        pair.discriminator().apply(pair.real()).get("reconstruction"))));
    CompositionException refusal = refused(composition);
    assertEquals(
        "loss/other reads the port reconstruction of the discriminator, but discriminator/mlp (toy"
            + " 1.0.0) gives score",
        refusal.getMessage());
    assertEquals(List.of("reconstruction"), refusal.missing().orElseThrow().gives());
    assertEquals(List.of("image"), refusal.missing().orElseThrow().takes());
  }

  @Test
  void anArchitectureWithAnInputThatTheTopologyLacksIsRefused() {
    Composition composition =
        ToyGame.withNetworks(
            ToyGame.composition(),
            Map.of(
                ComponentKind.GENERATOR,
                ToyGame.network(
                    ComponentKind.GENERATOR,
                    List.of("latent", "condition"),
                    List.of("image"),
                    site -> ToyGame.mlp(2)),
                ComponentKind.DISCRIMINATOR,
                ToyGame.composition().networks().get(ComponentKind.DISCRIMINATOR)));
    CompositionException refusal = refused(composition);
    assertTrue(refusal.getMessage().contains("takes latent, condition"), refusal.getMessage());
  }

  @Test
  void aGeneratorOfTheWrongShapeIsRefused() {
    Composition composition =
        ToyGame.withNetworks(
            ToyGame.composition(),
            Map.of(
                ComponentKind.GENERATOR,
                ToyGame.network(
                    ComponentKind.GENERATOR,
                    List.of("latent"),
                    List.of("image"),
                    site -> ToyGame.mlp(5)),
                ComponentKind.DISCRIMINATOR,
                ToyGame.composition().networks().get(ComponentKind.DISCRIMINATOR)));
    assertTrue(refused(composition).getMessage().contains("must give image of shape (2)"));
  }

  @Test
  void aNetworkThatNoTermReachesIsRefused() {
    Composition composition =
        ToyGame.withLoss(
            ToyGame.composition(),
            (pair, graph) ->
                graph.minimise(
                    "discriminator",
                    "only",
                    1,
                    graph.map(
                        "mean",
                        NDArray::mean,
                        pair.discriminator().apply(pair.real()).get("score"))));
    assertTrue(
        refused(composition).getMessage().contains("no term of the player generator reaches"));
  }

  @Test
  void aTermThatIsNotAScalarIsRefused() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            g -> g.minimise("generator", "odd", 1, g.real(DatasetField.IMAGE)));
    assertTrue(refused(composition).getMessage().contains("must be a scalar"));
  }

  @Test
  void theErrorOfAMissingFieldListsTheFields() {
    Composition composition = ToyGame.withRegularizer(ToyGame.composition(), g -> g.real("label"));
    assertTrue(
        refused(composition)
            .getMessage()
            .contains("it needs the field label, but dataset/ring has image"));
  }

  @Test
  void theErrorOfAnUnknownPlayerListsThePlayers() {
    Composition composition = ToyGame.updates(ToyGame.composition(), Map.of("critic", 5));
    assertEquals(
        "there is no player critic; the players are discriminator, generator",
        refused(composition).getMessage());
  }

  @Test
  void theErrorOfALearningRateOfAnUnknownPlayerListsThePlayers() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph ->
                graph.scaleLearningRate("critic", graph.schedule("half", (step, steps) -> 0.5)));
    CompositionException refusal =
        assertThrows(CompositionException.class, () -> TrainingGraph.build(composition));
    assertEquals(
        "regularizer/extra scales the learning rate of a player critic, but the players are"
            + " discriminator, generator",
        refusal.getMessage());
  }

  @Test
  void theErrorOfAnUnusableComponentNamesTheComponent() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            g -> {
              throw new UnusableComponentException("it wants images");
            });
    CompositionException refusal = refused(composition);
    assertEquals("regularizer/extra does not fit: it wants images", refusal.getMessage());
    assertEquals("regularizer/extra", refusal.origins().get(0).label());
  }

  @Test
  void theErrorNamesAFunctionThatFailsOnItsShapes() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            g -> g.map("product", NDArray::matMul, g.real(DatasetField.IMAGE), g.latent("latent")));
    assertTrue(
        refused(composition).getMessage().startsWith("the function product of regularizer/extra"));
  }

  @Test
  void theErrorNamesAFunctionThatReturnsFloat64() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            g -> g.map("half", x -> x.mean().mul(0.5), g.real(DatasetField.IMAGE)));
    assertTrue(refused(composition).getMessage().contains("gives float64 instead of float32"));
  }

  @Test
  void thePlanListsPhasesReusedValuesAndFrozenNetworks() {
    StepPlan plan =
        TrainingGraph.build(ToyGame.updates(ToyGame.composition(), Map.of("discriminator", 2)))
            .plan();
    assertEquals(
        List.of("discriminator", "discriminator", "generator"),
        plan.phases().stream().map(StepPhase::player).toList());
    assertEquals(List.of(0, 1, 1), plan.phases().stream().map(StepPhase::draw).toList());
    assertEquals(List.of("discriminator"), plan.phases().get(2).frozen());
    assertTrue(plan.phases().get(2).nodes().stream().anyMatch(PhaseNode::reused));
    assertTrue(plan.phases().get(0).nodes().stream().noneMatch(PhaseNode::kept));
  }

  @Test
  void sizesAreCountedFromTheParameters() {
    NetworkSize generator = TrainingGraph.build(ToyGame.composition()).networkSizes().get(0);
    assertEquals(3 * 16 + 16 + 16 * 2 + 2, generator.parameters());
    assertEquals(2L * ToyGame.BATCH * generator.parameters(), generator.flops());
  }

  @Test
  void sizesCountTheParametersOfWraps() {
    Composition wrapped =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            g ->
                g.network("generator")
                    .wrap(
                        block ->
                            new SequentialBlock()
                                .add(block)
                                .add(Linear.builder().setUnits(2).build())));
    NetworkSize generator = TrainingGraph.build(wrapped).networkSizes().get(0);
    assertEquals(3 * 16 + 16 + 16 * 2 + 2 + 2 * 2 + 2, generator.parameters());
  }
}
