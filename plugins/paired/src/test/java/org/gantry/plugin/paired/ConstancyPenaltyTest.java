package org.gantry.plugin.paired;

import static org.gantry.testkit.ArrayAssertions.assertClose;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class ConstancyPenaltyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new ConstancyPenalty(new ConstancyPenalty.Options(15, List.of()));
  }

  @Test
  void thePenaltyIsTheMeanOfSquares(NDManager manager) {
    assertClose(
        1e-9,
        ConstancyPenalty.meanSquaredDifference(
            manager.create(new double[] {1, 2, 3, 4}), manager.create(new double[] {1, 0, 3, 5})),
        1.25);
  }
}
