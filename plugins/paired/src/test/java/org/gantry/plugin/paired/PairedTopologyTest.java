package org.gantry.plugin.paired;

import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;

@TensorTest
final class PairedTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new PairedTopology(new PairedTopology.Options("outline", 100, false, 1, "", 0, true));
  }
}
