package org.gantry.plugin.secondstage;

import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;

@TensorTest
final class SecondStageTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new SecondStageTopology(new SecondStageTopology.Options(2));
  }
}
