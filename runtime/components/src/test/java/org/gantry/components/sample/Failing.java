package org.gantry.components.sample;

import java.util.function.Supplier;
import org.gantry.component.Component;

/** A component whose constructor removes the context class loader and throws. */
@Component(kind = "greeting", name = "failing", summary = "Fails.")
final class Failing implements Supplier<String> {

  Failing() {
    Thread.currentThread().setContextClassLoader(null);
    throw new UnsupportedOperationException("no voice today");
  }

  @Override
  public String get() {
    return "";
  }
}
