package ${package};

import org.gantry.testkit.ComponentContract;

final class ${className}Test implements ComponentContract {

  @Override
  public Object createComponent() {
    return new ${className}();
  }
}
