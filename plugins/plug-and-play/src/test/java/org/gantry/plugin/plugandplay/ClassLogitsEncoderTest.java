package org.gantry.plugin.plugandplay;

import java.util.List;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;

@TensorTest
final class ClassLogitsEncoderTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new ClassLogitsEncoder(new ClassLogitsEncoder.Options(List.of(5)));
  }
}
