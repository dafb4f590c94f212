package org.gantry.recipes.internal.format;

import java.util.stream.Stream;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.OptionWriter;
import org.gantry.recipes.text.YamlValue;

/** An architecture of a plugin. */
public record ComponentArchitecture(ComponentChoice choice) implements NetworkArchitecture {

  @Override
  public Stream<ComponentChoice> components() {
    return Stream.of(choice);
  }

  @Override
  public YamlValue toYaml(OptionWriter writer) {
    return choice.toYaml(writer);
  }
}
