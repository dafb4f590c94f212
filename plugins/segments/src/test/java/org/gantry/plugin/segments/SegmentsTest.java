package org.gantry.plugin.segments;

import static org.gantry.testkit.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import java.util.Map;
import org.gantry.data.Field;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class SegmentsTest {

  @Test
  void dataLieOnASegmentOfUnitLength() {
    FloatBuffer points = FloatBuffer.allocate(2000);
    var random = new RandomStreams(1).at("points");
    for (int i = 0; i < 1000; i++) {
      new Segment().draw(random, Map.of(Field.IMAGE, points));
    }
    float sum = 0;
    for (int i = 0; i < 1000; i++) {
      assertEquals(0, points.get(2 * i));
      assertTrue(points.get(2 * i + 1) >= 0 && points.get(2 * i + 1) < 1);
      sum += points.get(2 * i + 1);
    }
    assertEquals(0.5, sum / 1000, 0.03);
  }

  @Test
  void theGeneratorPutsCodesOnAParallelSegment(NDManager manager) {
    Shift shift = new Shift(1);
    shift.initialize(manager, DataType.FLOAT32, new Shape(2, 1));
    NDArray codes = manager.create(new float[] {0.25f, 0.75f}, new Shape(2, 1));
    NDArray points =
        shift.forward(new ParameterStore(manager, false), new NDList(codes), false).get(0);
    assertEquals(new Shape(2, 2), points.getShape());
    assertClose(0, points, 1, 0.25, 1, 0.75);
  }
}
