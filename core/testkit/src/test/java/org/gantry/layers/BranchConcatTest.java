package org.gantry.layers;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class BranchConcatTest {

  @Test
  void theOutputsOfOneBlockPerInputAreConcatenated(NDManager manager) {
    Block joined = new BranchConcat(new Flatten(), Activation.RELU.layer());
    NDArray first = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
    NDArray second = manager.create(new float[] {-1, 5}, new Shape(1, 2));
    NDList inputs = new NDList(first, second);
    joined.initialize(manager, DataType.FLOAT32, inputs.getShapes());

    NDArray result =
        joined.forward(new ParameterStore(manager, false), inputs, true).singletonOrThrow();

    assertClose(0, result, 1, 2, 3, 4, 0, 5);
    assertArrayEquals(new Shape[] {result.getShape()}, joined.getOutputShapes(inputs.getShapes()));
  }

  @Test
  void aSequenceThatStartsWithItCanBeExported(NDManager manager) {
    Block network =
        new HeadedNetwork(
            new SequentialBlock()
                .add(
                    new BranchConcat(
                        new SequentialBlock()
                            .add(new Flatten())
                            .add(Linear.builder().setUnits(3).build()),
                        Linear.builder().setUnits(2).build()))
                .add(Activation.TANH.layer()),
            Linear.builder().setUnits(1).build());
    NDList inputs =
        new NDList(
            manager.randomNormal(new Shape(4, 1, 3, 3)), manager.randomNormal(new Shape(4, 6)));
    network.initialize(manager, DataType.FLOAT32, inputs.getShapes());

    ExportAssertions.assertSameOutputs(manager, network, inputs);
    assertArrayEquals(
        new Shape[] {new Shape(4, 1), new Shape(4, 5)},
        network.getOutputShapes(inputs.getShapes()));
  }
}
