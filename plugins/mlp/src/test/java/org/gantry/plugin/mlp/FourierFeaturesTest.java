package org.gantry.plugin.mlp;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class FourierFeaturesTest {

  private final FourierFeatures features = new FourierFeatures(2);

  @Test
  void eachOctaveAddsASineAndACosineOfEachCoordinate(NDManager manager) {
    NDList points = new NDList(manager.create(new float[][] {{0.5f, 0.25f}}));

    NDList given = features.forward(new ParameterStore(manager, false), points, true);

    double root = Math.sqrt(0.5);
    assertClose(1e-6, given.get(0), 0.5, 0.25, 1, root, 0, root, 0, 1, -1, 0);
  }

  @Test
  void theShapeIsKnownInAdvance() {
    assertArrayEquals(
        new Shape[] {new Shape(7, 10)}, features.getOutputShapes(new Shape[] {new Shape(7, 2)}));
  }

  @Test
  void theExportedModuleComputesTheSame(NDManager manager) {
    NDList points = new NDList(manager.randomUniform(-4, 4, new Shape(5, 2)));
    features.initialize(manager, DataType.FLOAT32, points.getShapes());

    ExportAssertions.assertSameOutputs(manager, features, points);
  }
}
