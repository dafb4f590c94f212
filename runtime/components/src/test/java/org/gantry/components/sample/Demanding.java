package org.gantry.components.sample;

import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.gantry.component.Component;

/** A component whose constructor has a parameter that is not bound. */
@Component(kind = "greeting", name = "demanding", summary = "Wants a builder.")
final class Demanding implements Supplier<String> {

  private final StringBuilder notOffered;

  @Inject
  Demanding(StringBuilder notOffered) {
    this.notOffered = notOffered;
  }

  @Override
  public String get() {
    return notOffered.toString();
  }
}
