package org.gantry.plugin.auxiliaryclassifier;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.tensor.ClassLogits;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.topology.Topology;
import org.gantry.training.Composition;
import org.junit.jupiter.api.Test;

@TensorTest
final class AuxiliaryClassifierTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new AuxiliaryClassifier(new AuxiliaryClassifier.Options(1, "label", true));
  }

  @Test
  void equalLogitsHaveTheEntropyOfAGuess(NDManager manager) {
    NDArray logits = manager.create(new float[][] {{2, 2, 2}, {5, 5, 5}});
    NDArray labels = ClassLogits.oneHot(manager.create(new float[] {0, 2}), 3);
    assertClose(1e-6, ClassLogits.crossEntropy(logits, labels), Math.log(3));
  }

  @Test
  void theLogitOfTheLabelCounts(NDManager manager) {
    NDArray logits = manager.create(new float[][] {{0, (float) Math.log(3)}});
    assertClose(
        1e-6,
        ClassLogits.crossEntropy(logits, manager.create(new float[][] {{0, 1}})),
        Math.log(4.0 / 3));
    assertClose(
        1e-6,
        ClassLogits.crossEntropy(logits, manager.create(new float[][] {{1, 0}})),
        Math.log(4));
  }

  @Test
  void withoutAWeightTheClassifierLearnsFromRealSamplesAlone() {
    Set<String> terms =
        TopologyGame.build(
                AuxiliaryClassifierTest::wire,
                Map.of(Composition.MAIN_DRAW, new ObligingDataset()),
                new AuxiliaryClassifier(new AuxiliaryClassifier.Options(0, "label", true)))
            .reportedNames()
            .stream()
            .filter(name -> name.contains("classification"))
            .collect(Collectors.toSet());

    assertEquals(Set.of("class-encoder/classification"), terms);
  }

  @Test
  void aFakeIsRewardedForTheLabelThatItWasMadeFor() {
    assertEquals(1, labelsThatAreAsked(AuxiliaryClassifierTest::wire));
    assertEquals(
        2,
        labelsThatAreAsked(
            graph ->
                wire(
                    graph,
                    fake ->
                        fake.askedFor(DatasetField.LABEL, graph.mismatched(DatasetField.LABEL)))));
  }

  /** How many labels the terms compare with. */
  private static long labelsThatAreAsked(Topology topology) {
    return TopologyGame.build(
            topology,
            Map.of(Composition.MAIN_DRAW, new ObligingDataset()),
            new AuxiliaryClassifier(new AuxiliaryClassifier.Options(1, "label", true)))
        .nodes()
        .stream()
        .filter(node -> node.name().startsWith("one-hot"))
        .count();
  }

  private static void wire(Graph graph) {
    wire(graph, UnaryOperator.identity());
  }

  private static void wire(Graph graph, UnaryOperator<FakeExample> change) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = generator.apply(latent).get(DatasetField.IMAGE);
    graph.pair(
        "game", discriminator, Example.of(real), change.apply(FakeExample.of(fake, "generator")));
  }
}
