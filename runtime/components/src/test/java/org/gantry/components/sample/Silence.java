package org.gantry.components.sample;

import java.util.function.Supplier;
import org.gantry.component.Component;

/** A component without options that returns the context class loader of its creation. */
@Component(kind = "greeting", name = "silence", summary = "Says nothing.")
final class Silence implements Supplier<ClassLoader> {

  private final ClassLoader context = Thread.currentThread().getContextClassLoader();

  @Override
  public ClassLoader get() {
    return context;
  }
}
