package org.gantry.plugin.twodomain;

import java.util.List;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;

@TensorTest
final class CycleConsistencyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new CycleConsistency(
        new CycleConsistency.Options(10, ImageDistance.ABSOLUTE, List.of()));
  }
}
