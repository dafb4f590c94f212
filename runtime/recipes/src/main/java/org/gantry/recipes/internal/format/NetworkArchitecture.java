package org.gantry.recipes.internal.format;

import java.util.stream.Stream;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.OptionWriter;
import org.gantry.recipes.text.YamlValue;

/** What builds a network of a recipe. */
public sealed interface NetworkArchitecture permits ComponentArchitecture, ModuleFile {

  /** Returns the components that it names. */
  Stream<ComponentChoice> components();

  /** Returns the architecture as a resolved recipe names it. */
  YamlValue toYaml(OptionWriter writer);
}
