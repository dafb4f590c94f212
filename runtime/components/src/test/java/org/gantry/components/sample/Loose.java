package org.gantry.components.sample;

import java.util.function.Supplier;
import org.gantry.component.Component;

/** A component with options that are not a record. */
@Component(kind = "greeting", name = "loose", summary = "Has loose options.")
final class Loose implements Supplier<String> {

  static final class Options {}

  @Override
  public String get() {
    return "";
  }
}
