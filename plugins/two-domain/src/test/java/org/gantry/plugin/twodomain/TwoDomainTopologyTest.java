package org.gantry.plugin.twodomain;

import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;

@TensorTest
final class TwoDomainTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new TwoDomainTopology();
  }
}
