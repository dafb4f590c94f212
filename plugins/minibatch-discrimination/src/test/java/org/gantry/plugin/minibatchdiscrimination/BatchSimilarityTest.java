package org.gantry.plugin.minibatchdiscrimination;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.gantry.tensor.Kernel;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class BatchSimilarityTest {

  private static final double[] FEATURES = {1, 0, 0, 1, 1, 0.5};
  private static final double[] TENSOR = {1, -1, 0.5, 0, 0, 1, -0.5, 2};

  @Test
  void eachSampleIsComparedWithTheOthersByEveryKernel(NDManager manager) {
    try (Kernel kernel = Kernel.load(manager, new BatchSimilarity(2, 2).source())) {
      NDArray features = manager.create(FEATURES).reshape(3, 2);
      NDArray tensor = manager.create(TENSOR).reshape(2, 4);

      assertClose(
          1e-6,
          kernel.call(features, tensor),
          1,
          0,
          0.656318,
          0.336292,
          0,
          1,
          0.131872,
          0.223561,
          1,
          0.5,
          0.688616,
          0.460279);
      // The authors' code for ImageNet takes the mean over the others, the paper their sum.
      assertClose(1e-6, kernel.call(features, tensor).get("0, 2:").div(2), 0.328159, 0.168146);
    }
  }

  @Test
  void theSimilarityOfTwoSamplesMatchesReferenceValues(NDManager manager) {
    assertAlike(manager, 0, 1, 0.049787, 0.049787);
    assertAlike(manager, 0, 2, 0.606531, 0.286505);
    assertAlike(manager, 1, 2, 0.082085, 0.173774);
  }

  /** In a batch of two, each sample is compared with the other one. */
  private static void assertAlike(
      NDManager manager, int first, int second, double byOne, double byOther) {
    try (Kernel kernel = Kernel.load(manager, new BatchSimilarity(2, 2).source())) {
      NDArray features = manager.create(FEATURES).reshape(3, 2);
      NDArray both =
          features.get(first + ":" + (first + 1)).concat(features.get(second + ":" + (second + 1)));
      NDArray alike = kernel.call(both, manager.create(TENSOR).reshape(2, 4)).get(":, 2:");

      assertClose(1e-6, alike, byOne, byOther, byOne, byOther);
    }
  }

  @Test
  void gradientsReachTheFeaturesAndTheTensor(NDManager manager) {
    // Finite differences fail where two samples have equal values, which is a kink.
    double[] away = {1, 0, 0.2, 1, 0.9, 0.5};
    try (Kernel kernel = Kernel.load(manager, new BatchSimilarity(2, 2).source())) {
      NDArray features = manager.create(away).reshape(3, 2);
      NDArray tensor = manager.create(TENSOR).reshape(2, 4);

      assertDifferentiable(manager, f -> kernel.call(f.reshape(3, 2), tensor).square().sum(), away);
      assertDifferentiable(
          manager, t -> kernel.call(features, t.reshape(2, 4)).square().sum(), TENSOR);
    }
  }

  @Test
  void copiesHaveTheLargestSimilarity(NDManager manager) {
    Block layer = new BatchSimilarity(3, 4);
    layer.initialize(manager, DataType.FLOAT32, new Shape(5, 2, 2, 2));
    NDArray copies = manager.ones(new Shape(5, 2, 2, 2));

    NDArray output =
        layer.forward(new ParameterStore(manager, false), new NDList(copies), true).head();

    assertEquals(new Shape(5, 11), output.getShape());
    assertClose(1e-6, output.get("0, 8:"), 4, 4, 4);
  }

  @Test
  void initialDistancesAreNearOneForAnyNumberOfFeatures(NDManager manager) {
    for (int features : new int[] {16, 4096}) {
      Block layer = new BatchSimilarity(50, 1);
      layer.initialize(manager, DataType.FLOAT32, new Shape(2, features));
      NDArray input = manager.randomNormal(new Shape(2, features));

      NDArray alike =
          layer
              .forward(new ParameterStore(manager, false), new NDList(input), true)
              .head()
              .get(":, " + features + ":");

      // The mean of exp(-|x|) for x from N(0, 2) is 0.42.
      assertEquals(0.42, alike.mean().getFloat(), 0.2);
    }
  }

  @Test
  void theExportedLayerGivesTheSameOutputs(NDManager manager) {
    Block layer = new BatchSimilarity(2, 3);
    layer.initialize(manager, DataType.FLOAT32, new Shape(4, 2, 3, 3));

    ExportAssertions.assertSameOutputs(
        manager, layer, new NDList(manager.randomNormal(new Shape(4, 2, 3, 3))));
  }
}
