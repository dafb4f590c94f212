package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.recipes.text.NearestName;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.TranslationUses;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;

/** Finds what the argument {@code --use} names. */
final class UseNames {

  private UseNames() {}

  /**
   * Finds a use.
   *
   * @param uses what the networks can make
   * @throws InvalidInputException if none of the uses has the name
   */
  static ModelUse find(List<ModelUse> uses, String name) {
    List<String> names = uses.stream().map(ModelUse::name).toList();
    return uses.stream()
        .filter(use -> use.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--use %s: the networks cannot make that".formatted(name),
                    NearestName.find(name, names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("They can make %s.".formatted(String.join(", ", names)))));
  }

  /**
   * Finds the translation of pictures that is meant.
   *
   * @param run the folder of the run, for messages
   * @param name the name of the use; empty if the run has only one translation
   * @throws InvalidInputException if the run has no translation, several, or none of the name
   */
  static ModelUse findTranslation(Path run, TrainedRun trained, String name) {
    List<ModelUse> translations = TranslationUses.of(trained.uses());
    if (translations.isEmpty()) {
      throw new InvalidInputException(
          "%s is not a translation of pictures: its topology is %s, and %s"
              .formatted(
                  run,
                  trained.composed().graph().composition().topology().origin().name(),
                  trained.uses().stream()
                      .map(UseNames::description)
                      .collect(Collectors.joining("; "))),
          "'gantry sample RUN' draws its samples. 'topology: paired' and 'topology: two-domain'"
              + " translate.");
    }
    if (!name.isEmpty()) {
      ModelUse use = find(trained.uses(), name);
      if (!translations.contains(use)) {
        throw new InvalidInputException(
            "--use %s: %s".formatted(name, description(use)),
            "A translation is " + names(translations, " or ") + ".");
      }
      return use;
    }
    if (translations.size() > 1) {
      throw new InvalidInputException(
          "%s can translate to several results: %s".formatted(run, names(translations, " and ")),
          "Choose one, such as --use %s.".formatted(translations.get(0).name()));
    }
    return translations.get(0);
  }

  private static String names(List<ModelUse> uses, String last) {
    return uses.stream().map(ModelUse::name).collect(Collectors.joining(last));
  }

  private static String description(ModelUse use) {
    return "its %s is made of %s"
        .formatted(
            use.name(),
            use.inputs().stream().map(ModelInput::name).collect(Collectors.joining(" and ")));
  }
}
