package org.gantry.plugin.twodomain;

import java.util.List;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;

@TensorTest
final class IdentityMappingTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new IdentityMapping(new IdentityMapping.Options(5, ImageDistance.SQUARED, List.of()));
  }
}
