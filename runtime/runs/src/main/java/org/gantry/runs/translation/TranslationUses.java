package org.gantry.runs.translation;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.runs.samples.UnusableInputException;
import org.gantry.runs.samples.UseNames;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;

/** The uses of networks that make a picture of one picture. */
public final class TranslationUses {

  private TranslationUses() {}

  /** Returns the uses that translate pictures, in their order. */
  public static List<ModelUse> of(List<ModelUse> uses) {
    return uses.stream().filter(use -> picture(use).isPresent()).toList();
  }

  /**
   * Returns the picture that a use translates: its only input that is not random. Empty if the use
   * has other inputs, or makes no grey or colour picture.
   */
  public static Optional<ModelInput> picture(ModelUse use) {
    List<ModelInput> given = use.inputs().stream().filter(ModelInput::fromData).toList();
    return given.size() == 1 && isPicture(given.get(0).field()) && isPicture(use.output())
        ? Optional.of(given.get(0))
        : Optional.empty();
  }

  /**
   * Finds the translation of pictures that is meant.
   *
   * @param networks the run or the file, for messages
   * @param uses what the networks can make
   * @param name the name of the use; empty if there is only one translation
   * @param argument the argument that names the use, such as {@code --use}, for messages
   * @throws UnusableInputException if there is no translation, several, or none of the name
   */
  public static ModelUse find(Object networks, List<ModelUse> uses, String name, String argument) {
    List<ModelUse> translations = of(uses);
    if (translations.isEmpty()) {
      throw new UnusableInputException(
          "%s is not a translation of pictures: %s"
              .formatted(
                  networks,
                  uses.stream()
                      .map(TranslationUses::description)
                      .collect(Collectors.joining("; "))),
          "'gantry sample RUN' draws its samples. 'topology: paired' and 'topology: two-domain'"
              + " translate.");
    }
    if (!name.isEmpty()) {
      ModelUse use = UseNames.find(uses, name, argument);
      if (!translations.contains(use)) {
        throw new UnusableInputException(
            "%s %s: %s".formatted(argument, name, description(use)),
            "A translation is " + names(translations, " or ") + ".");
      }
      return use;
    }
    if (translations.size() > 1) {
      throw new UnusableInputException(
          "%s can translate to several results: %s"
              .formatted(networks, names(translations, " and ")),
          "Choose one, such as %s %s.".formatted(argument, translations.get(0).name()));
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

  /** Whether a field holds grey or colour pictures. */
  public static boolean isPicture(DatasetField field) {
    Shape shape = field.shape();
    return field.type() == ValueType.IMAGE
        && shape.dimension() == 3
        && (shape.get(0) == 1 || shape.get(0) == 3);
  }
}
