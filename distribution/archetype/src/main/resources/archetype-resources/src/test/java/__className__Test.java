package ${package};

import org.gantry.testkit.contract.ComponentContract;

final class ${className}Test implements ComponentContract {

  @Override
  public Object createComponent() {
    return new ${className}();
  }
}
