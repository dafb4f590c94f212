package org.gantry.layers;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.Stream;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TensorTest
final class EveryLayerExportTest {

  static Stream<EveryLayer> layers() {
    return EveryLayer.all();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void anExportedLayerHasTheSameBitsAsTheLayerInInference(EveryLayer every, NDManager manager) {
    LayerTrial trial = LayerTrial.of(manager, every.create(), DataType.FLOAT32, every.input());
    // Changes running statistics from their initial values.
    trial.train(manager.randomNormal(every.input()).mul(3).add(1));
    ExportAssertions.assertSameOutputs(
        manager, trial.layer(), new NDList(manager.randomNormal(every.input())));
    Shape other = new Shape(5).addAll(every.input().slice(1));
    ExportAssertions.assertSameOutputs(
        manager, trial.layer(), new NDList(manager.randomNormal(other)));
  }
}
