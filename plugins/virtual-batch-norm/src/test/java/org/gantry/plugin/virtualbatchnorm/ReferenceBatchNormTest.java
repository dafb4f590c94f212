package org.gantry.plugin.virtualbatchnorm;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gantry.component.ComponentKind;
import org.gantry.layers.Activation;
import org.gantry.layers.BatchNorm;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class ReferenceBatchNormTest {

  @Test
  void aSampleIsNormalisedByTheReferenceAndItself(NDManager manager) {
    Block network = new ReferenceBatchNorm(new BatchNorm(), 4, UnaryOperator.identity());
    network.initialize(manager, DataType.FLOAT32, new Shape(4, 1));
    ParameterStore store = new ParameterStore(manager, false);
    NDArray reference = manager.create(new float[] {1, 2, 3, 4}).reshape(4, 1);
    network.forward(store, new NDList(reference), true);

    NDArray sample = manager.create(new float[] {10}).reshape(1, 1);

    // Mean 4, mean square 26.
    assertClose(1e-6, network.forward(store, new NDList(sample), true).head(), 1.897366);
    assertClose(1e-6, network.forward(store, new NDList(sample), false).head(), 1.897366);
  }

  @Test
  void theVarianceIsAccurateForALargeMean(NDManager manager) {
    Block network = new ReferenceBatchNorm(new BatchNorm(), 4, UnaryOperator.identity());
    network.initialize(manager, DataType.FLOAT32, new Shape(4, 1));
    ParameterStore store = new ParameterStore(manager, false);
    NDArray reference = manager.create(new float[] {1, 2, 3, 4}).add(8192).reshape(4, 1);
    network.forward(store, new NDList(reference), true);

    NDArray sample = manager.create(new float[] {8202}).reshape(1, 1);

    assertClose(1e-3, network.forward(store, new NDList(sample), true).head(), 1.897366);
  }

  @Test
  void aSampleDoesNotDependOnTheOthersOfItsBatch(NDManager manager) {
    Block network = new ReferenceBatchNorm(layers(), 8, UnaryOperator.identity());
    network.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
    ParameterStore store = new ParameterStore(manager, false);
    network.forward(store, new NDList(manager.randomNormal(new Shape(2, 3))), true);
    NDArray code = manager.create(new float[] {1, -1, 0.5f}).reshape(1, 3);

    float[] together = first(network, store, code.concat(manager.ones(new Shape(1, 3))));
    float[] apart = first(network, store, code.concat(manager.ones(new Shape(1, 3)).mul(-7)));

    assertArrayEquals(together, apart);
  }

  private static float[] first(Block network, ParameterStore store, NDArray batch) {
    return network.forward(store, new NDList(batch), true).head().get(0).toFloatArray();
  }

  @Test
  void theExportedNetworkContainsTheReference(NDManager manager) {
    Block network = new ReferenceBatchNorm(layers(), 4, UnaryOperator.identity());
    network.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
    ParameterStore store = new ParameterStore(manager, false);
    network.forward(store, new NDList(manager.randomNormal(new Shape(2, 3))), true);

    ExportAssertions.assertSameOutputs(
        manager, network, new NDList(manager.randomNormal(new Shape(5, 3))));
  }

  @Test
  void theReferenceOfAGeneratorIsDrawnFromThePrior() {
    List<Block> wrapped = new ArrayList<>();
    Regularizer looking = graph -> graph.network("generator").wrap(block -> kept(block, wrapped));
    Composition game =
        TinyGame.withNetwork(
            TinyGame.of(
                new MeanDifferenceLoss(),
                new VirtualBatchNorm(new VirtualBatchNorm.Options(64, List.of())),
                looking),
            ComponentKind.GENERATOR,
            ReferenceBatchNormTest::layers);
    try (Session session = Session.open(TrainingGraph.build(game))) {
      session.step();

      Block referred = wrapped.get(wrapped.size() - 1);
      float[] codes = referred.getDirectParameters().get("reference1").getArray().toFloatArray();
      assertEquals(64 * 3, codes.length);
      Set<Float> different = new HashSet<>();
      for (float number : codes) {
        different.add(number);
      }
      assertTrue(different.size() > 180, "different numbers: " + different.size());
    }
  }

  private static Block kept(Block block, List<Block> into) {
    into.add(block);
    return block;
  }

  @Test
  void aResumedTrainingHasTheSameBits(@TempDir Path folder) throws IOException {
    Composition game =
        TinyGame.withNetwork(game(), ComponentKind.GENERATOR, ReferenceBatchNormTest::layers);
    try (Session straight = Session.open(TrainingGraph.build(game));
        Session resumed = Session.open(TrainingGraph.build(game))) {
      straight.step();
      straight.step();
      straight.save(folder);
      resumed.restore(folder);
      for (int step = 2; step < TinyGame.STEPS; step++) {
        Map<String, Double> expected = straight.step();
        assertEquals(expected, resumed.step());
      }
    }
  }

  @Test
  void aNetworkWithoutBatchNormalisationIsRefused() {
    String message =
        assertThrows(CompositionException.class, () -> TrainingGraph.build(game())).getMessage();

    assertTrue(message.contains("the generator has no batch normalisation"), message);
  }

  private static Composition game() {
    return TinyGame.of(
        new MeanDifferenceLoss(), new VirtualBatchNorm(new VirtualBatchNorm.Options(4, List.of())));
  }

  private static Block layers() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(new BatchNorm())
        .add(Activation.RELU.layer())
        .add(Linear.builder().setUnits(2).build());
  }
}
