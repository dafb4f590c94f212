package org.gantry.recipes.internal;

import java.util.Optional;
import org.gantry.recipes.internal.RecipeFiles.RecipeSource;
import org.gantry.recipes.internal.format.RecipeReader;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;

/**
 * The text of a recipe.
 *
 * @param name its name if it does not state one
 * @param comment the comment at its start
 * @param start the position of its first character
 * @param yaml its keys
 */
record RecipeText(String name, String comment, SourcePosition start, Mapping yaml) {

  /**
   * Reads a bundled recipe or a file.
   *
   * @param problems receives what is wrong with some of its keys
   * @throws org.gantry.recipes.text.RecipeException if it cannot be read
   */
  static RecipeText read(RecipeFiles files, String recipe, ProblemCollector problems) {
    Optional<RecipeSource> source = files.read(recipe, problems);
    problems.throwIfAny();
    SourcePosition start = source.get().start();
    Mapping yaml = readMapping(source.get().text(), start, problems);
    // A text that cannot be read has no keys, which must not be reported as missing keys.
    if (yaml.entries().isEmpty()) {
      problems.throwIfAny();
    }
    return new RecipeText(
        RecipeReader.recipeName(source.get().name()), source.get().comment(), start, yaml);
  }

  /** Reads a text that is a mapping; an empty mapping if there was a problem. */
  static Mapping readMapping(String text, SourcePosition start, ProblemCollector problems) {
    return YamlReader.read(text, start, problems)
        .flatMap(value -> asMapping(value, problems))
        .orElse(Mapping.empty(start));
  }

  static Optional<Mapping> asMapping(YamlValue value, ProblemCollector problems) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    problems.add(
        value.position(),
        value.isNull()
            ? "The recipe is empty."
            : "A recipe consists of 'key: value' lines; this is " + value.description() + ".",
        "Begin with 'data: NAME', then 'networks:'.");
    return Optional.empty();
  }
}
