package org.gantry.components.sample;

import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.gantry.component.Component;

/** A component that works. */
@Component(
    kind = "greeting",
    name = "hello",
    version = "1.2",
    summary = "Says hello.",
    paper = "arXiv:1",
    takes = {"name", "hour"},
    gives = "text")
final class Greeting implements Supplier<String> {

  record Options(String text, int times) {}

  private final Options options;

  @Inject
  Greeting(Options options) {
    this.options = options;
  }

  @Override
  public String get() {
    return options.text().repeat(options.times());
  }
}
