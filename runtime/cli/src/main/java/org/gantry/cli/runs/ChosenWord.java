package org.gantry.cli.runs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;

/** Reads an option that is one of a few words. */
final class ChosenWord {

  private ChosenWord() {}

  /**
   * Returns the constant that a word names.
   *
   * @param option the name of the option
   * @param type the constants, each named by its own word in lower case
   * @throws InvalidInputException if the word names none
   */
  static <E extends Enum<E>> E of(String option, String word, Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    List<String> words = constants.stream().map(ChosenWord::word).toList();
    int index = words.indexOf(word);
    if (index < 0) {
      throw InvalidInputException.expecting(
          option + " " + word,
          MessageText.quoted(words, "or"),
          NearestName.suggestion(word, words).strip());
    }
    return constants.get(index);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
