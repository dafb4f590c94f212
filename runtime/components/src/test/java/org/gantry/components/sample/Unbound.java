package org.gantry.components.sample;

import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.gantry.component.Component;

/** A component with an option that no recipe can write. */
@Component(kind = "greeting", name = "unbound", summary = "Has options of odd types.")
final class Unbound implements Supplier<String> {

  @SuppressWarnings("ArrayRecordComponent")
  record Kernel(float[] weights) {}

  record Options(String text, List<Kernel> kernels) {}

  private final Options options;

  @Inject
  Unbound(Options options) {
    this.options = options;
  }

  @Override
  public String get() {
    return options.text();
  }
}
