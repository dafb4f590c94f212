package org.gantry.components.sample;

import java.util.function.Supplier;
import org.gantry.component.Component;

/** A component whose constructor throws, and leaves the thread in disorder. */
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
