package org.gantry.recipes.internal.options;

import java.util.Optional;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue;

/** Resolves the components that are values of options. */
public interface ComponentValues {

  /** Refuses every component, for options that belong to a recipe itself. */
  ComponentValues NONE =
      new ComponentValues() {
        @Override
        public Optional<ComponentChoice> resolve(
            OptionType.ComponentType type, YamlValue value, String path) {
          throw new IllegalStateException(MessageText.quoted(path) + " cannot hold a component");
        }

        @Override
        public ComponentValues ofDefaults(ProblemCollector problems) {
          return this;
        }
      };

  /**
   * Resolves one component.
   *
   * @param type which components the option takes
   * @param value a name, or a name with options
   * @param path the path of the value in the recipe
   * @return empty if there was a problem
   */
  Optional<ComponentChoice> resolve(OptionType.ComponentType type, YamlValue value, String path);

  /** Returns the same for values that the recipe does not write, with another collector. */
  ComponentValues ofDefaults(ProblemCollector problems);
}
