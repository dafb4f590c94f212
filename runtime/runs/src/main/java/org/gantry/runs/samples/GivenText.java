package org.gantry.runs.samples;

import java.util.List;
import java.util.stream.Stream;
import org.gantry.data.DatasetField;
import org.gantry.data.WordVocabulary;
import org.gantry.recipes.text.NearestName;

/**
 * Reads the values of one field of the data from the text of an argument.
 *
 * @param prefix what precedes the name of an input in messages, such as {@code --given } with its
 *     blank
 * @param pictures reads the values that are pictures
 */
record GivenText(DatasetField field, String prefix, GivenPicture pictures) {

  /**
   * Reads the values.
   *
   * @param name the name in the argument, for messages
   * @return at least one value, each of the length of the field
   * @throws UnusableInputException if the text is not a value of the field
   */
  List<float[]> read(String name, String text) {
    return switch (field.type()) {
      case LABEL -> Stream.of(text.split(",", -1)).map(part -> label(name, part.strip())).toList();
      case TEXT -> List.of(words(name, text));
      case IMAGE ->
          field.shape().dimension() == 3
              ? pictures.read(field, prefix + name + "=" + text, text)
              : List.of(numbers(name, text));
      default -> List.of(numbers(name, text));
    };
  }

  private float[] label(String name, String text) {
    List<String> classes = field.classNames();
    int index = classes.indexOf(text);
    if (index < 0 && text.matches("\\d{1,9}")) {
      index = Integer.parseInt(text);
    }
    if (index >= 0 && index < classes.size()) {
      return new float[] {index};
    }
    if (index >= classes.size()) {
      throw new UnusableInputException(
          "%s%s=%s: the data have %d classes".formatted(prefix, name, text, classes.size()),
          "The classes are 0 to %d: %s.".formatted(classes.size() - 1, shorten(classes)));
    }
    throw new UnusableInputException(
        "%s%s=%s: the data do not have this class".formatted(prefix, name, text),
        NearestName.find(text, classes)
            .map(near -> "Did you mean '" + near + "'?")
            .orElse("The classes are %s.".formatted(shorten(classes))));
  }

  private static String shorten(List<String> names) {
    int shown = 20;
    return String.join(", ", names.subList(0, Math.min(shown, names.size())))
        + (names.size() > shown ? ", ... (" + names.size() + " in all)" : "");
  }

  private float[] words(String name, String text) {
    WordVocabulary vocabulary = new WordVocabulary(field.classNames());
    List<String> unknown = vocabulary.unknownWords(text);
    if (!unknown.isEmpty()) {
      String word = unknown.get(0);
      throw new UnusableInputException(
          "%s%s: the data never say '%s'".formatted(prefix, name, word),
          NearestName.find(word, vocabulary.words())
              .map(near -> "Did you mean '" + near + "'?")
              .orElse("Frequent words are %s.".formatted(frequent(vocabulary))));
    }
    return vocabulary.encode(text, field.length());
  }

  private static String frequent(WordVocabulary vocabulary) {
    List<String> words = vocabulary.words();
    return String.join(", ", words.subList(2, Math.min(words.size(), 14)));
  }

  private float[] numbers(String name, String text) {
    String[] parts = text.split(",", -1);
    float[] values = new float[field.length()];
    try {
      for (int i = 0; i < Math.min(parts.length, values.length); i++) {
        values[i] = Float.parseFloat(parts[i].strip());
      }
    } catch (NumberFormatException e) {
      throw notNumbers(name, text);
    }
    if (parts.length != values.length) {
      throw notNumbers(name, text);
    }
    return values;
  }

  private UnusableInputException notNumbers(String name, String text) {
    return new UnusableInputException(
        "%s%s=%s: expected %d number%s, separated by commas"
            .formatted(prefix, name, text, field.length(), field.length() == 1 ? "" : "s"),
        "");
  }
}
