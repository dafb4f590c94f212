package org.gantry.plugin.historicalaveraging;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import java.util.List;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class WeightHistoryTest {

  /** A linear layer with one output and given initial weights, and its history. */
  private static final class CirclingPlayer {

    private final Linear linear = Linear.builder().setUnits(1).optBias(false).build();
    private final WeightHistory remembering = new WeightHistory(linear);

    CirclingPlayer(NDManager manager, double... start) {
      linear.setInitializer(
          (m, shape, type) -> m.create(start).reshape(shape), Parameter.Type.WEIGHT);
      remembering.initialize(manager, DataType.FLOAT64, new Shape(1, start.length));
    }

    NDArray weight() {
      return linear.getParameters().valueAt(0).getArray();
    }

    void move(NDArray step) {
      boolean recording = Autograd.setRecording(false);
      weight().addi(step);
      Autograd.setRecording(recording);
    }
  }

  @Test
  void thePenaltyIsTheSquaredDistanceFromTheMeanOfPastValues(NDManager manager) {
    CirclingPlayer player = new CirclingPlayer(manager, 1, 0);
    assertClose(0, player.remembering.squaredDistance(manager), 0);

    player.move(manager.create(new double[][] {{-0.5, 1}}));
    player.remembering.updateMeans();
    player.move(manager.create(new double[][] {{-0.5, -0.5}}));
    player.remembering.updateMeans();

    assertClose(1e-12, player.remembering.squaredDistance(manager), 0.25 + 0);
  }

  @Test
  void withThePenaltyCirclingPlayersConverge(NDManager manager) {
    assertRadii(manager, 1, 1.421267, 1.382204, 0.928923, 0.674357);
  }

  @Test
  void withoutThePenaltyCirclingPlayersDiverge(NDManager manager) {
    assertRadii(manager, 0, 1.421267, 1.486353, 2.325861, 17.016038);
  }

  /**
   * One player minimises xy, the other maximises it. Both start at 1 and update simultaneously with
   * a learning rate of 0.1.
   *
   * @param weight of the penalty
   * @param radii their distance from the equilibrium after 1, 10, 100 and 500 steps
   */
  private static void assertRadii(NDManager manager, double weight, double... radii) {
    List<Integer> times = List.of(1, 10, 100, 500);
    CirclingPlayer x = new CirclingPlayer(manager, 1);
    CirclingPlayer y = new CirclingPlayer(manager, 1);
    try (Autograd autograd = new Autograd(manager)) {
      for (int t = 1; t <= 500; t++) {
        try (NDManager step = manager.newSubManager()) {
          NDArray dx = gradient(step, autograd, x).mul(weight).add(y.weight());
          NDArray dy = gradient(step, autograd, y).mul(weight).sub(x.weight());
          x.move(dx.mul(-0.1));
          y.move(dy.mul(-0.1));
          x.remembering.updateMeans();
          y.remembering.updateMeans();
        }
        if (times.contains(t)) {
          double radius = Math.hypot(x.weight().getDouble(0, 0), y.weight().getDouble(0, 0));
          assertEquals(radii[times.indexOf(t)], radius, 1e-6, "after " + t);
        }
      }
    }
  }

  private static NDArray gradient(NDManager step, Autograd autograd, CirclingPlayer player) {
    NDArray distance = player.remembering.squaredDistance(step);
    return autograd.gradients(step, distance, new NDList(player.weight())).get(0);
  }

  @Test
  void theExportContainsOnlyTheNetwork(NDManager manager) {
    WeightHistory remembering = new WeightHistory(Linear.builder().setUnits(2).build());
    remembering.initialize(manager, DataType.FLOAT32, new Shape(4, 3));

    ExportAssertions.assertSameOutputs(
        manager, remembering, new NDList(manager.randomNormal(new Shape(4, 3))));
  }
}
