package org.gantry.cli.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.data.WordVocabulary;
import org.gantry.recipes.text.NearestName;

/**
 * An expression of the option {@code --arithmetic}, such as {@code happy glasses - happy + sad}.
 * Plus and minus signs with spaces around them separate its terms.
 */
record ArithmeticText(String text) {

  private static final Pattern SIGN = Pattern.compile("(?:^|\\s)([+-])\\s");
  private static final String YES = "yes";

  /** One term, with its sign before it. */
  private record Term(String sign, String text) {}

  private List<Term> terms() {
    List<Term> terms = new ArrayList<>();
    Matcher signs = SIGN.matcher(text);
    String sign = "+";
    int start = 0;
    while (signs.find()) {
      if (signs.start() > 0 || start > 0) {
        terms.add(new Term(sign, text.substring(start, signs.start()).strip()));
      }
      sign = signs.group(1);
      start = signs.end();
    }
    terms.add(new Term(sign, text.substring(start).strip()));
    if (terms.stream().anyMatch(term -> term.text().isEmpty())) {
      throw refused("expected terms with + or - between them", "For example: 'happy - sad'.");
    }
    return terms;
  }

  /** Returns the terms as they are typed, for the columns of the picture. */
  List<String> columns() {
    return terms().stream().map(Term::text).toList();
  }

  /**
   * Returns the terms as the sampler takes them: a sign, then values of labels such as {@code
   * mood=happy & glasses=yes}.
   *
   * @param labels the labels of the data
   * @throws InvalidInputException if no label has a value, or several have it
   */
  List<String> ofLabels(List<DatasetField> labels) {
    return terms().stream().map(term -> term.sign() + values(term.text(), labels)).toList();
  }

  /**
   * Returns the terms as the sampler takes them: a sign, then a text.
   *
   * @param field the field of the data that describes samples
   * @throws InvalidInputException if the data never say a word
   */
  List<String> ofWords(DatasetField field) {
    WordVocabulary vocabulary = new WordVocabulary(field.classNames());
    for (Term term : terms()) {
      for (String word : vocabulary.unknownWords(term.text())) {
        throw refused(
            "the data never say '%s'".formatted(word),
            NearestName.suggestion(word, vocabulary.words()).strip());
      }
    }
    return terms().stream().map(term -> term.sign() + term.text()).toList();
  }

  private String values(String term, List<DatasetField> labels) {
    Optional<String> whole = value(term, labels);
    if (whole.isPresent()) {
      return whole.get();
    }
    return Stream.of(term.split("\\s+", -1))
        .map(word -> value(word, labels).orElseThrow(() -> unknown(word, labels)))
        .collect(Collectors.joining(" & "));
  }

  /** The value of a label that a word names. */
  private Optional<String> value(String word, List<DatasetField> labels) {
    List<String> meant = new ArrayList<>();
    for (DatasetField label : labels) {
      for (String value : label.classNames()) {
        String full = label.name() + "=" + value;
        boolean itself = word.equals(label.name()) && value.equals(YES);
        if (word.equals(value) || word.equals(full) || itself) {
          meant.add(full);
        }
      }
    }
    if (meant.size() > 1) {
      throw refused(
          "several labels have the value '%s'".formatted(word),
          "Write " + String.join(" or ", meant) + ".");
    }
    return meant.stream().findFirst();
  }

  private InvalidInputException unknown(String word, List<DatasetField> labels) {
    List<String> known =
        labels.stream()
            .flatMap(
                label ->
                    Stream.concat(
                        label.classNames().stream(),
                        label.classNames().stream().map(value -> label.name() + "=" + value)))
            .toList();
    String all =
        labels.stream()
            .map(label -> label.name() + ": " + String.join(", ", label.classNames()))
            .collect(Collectors.joining("; "));
    return refused(
        "no label has the value '%s'".formatted(word),
        NearestName.suggestion(word, known) + "The labels are " + all + ".");
  }

  private InvalidInputException refused(String reason, String fix) {
    return new InvalidInputException("--arithmetic '%s': %s".formatted(text, reason), fix);
  }

  /** Returns the terms for a condition, or for the labels of the data. */
  List<String> resolve(Optional<DatasetField> condition, List<DatasetField> fields) {
    if (condition.isPresent() && condition.get().type() == ValueType.TEXT) {
      return ofWords(condition.get());
    }
    List<DatasetField> labels =
        condition.map(List::of).orElse(fields).stream()
            .filter(field -> field.type() == ValueType.LABEL)
            .toList();
    if (labels.isEmpty()) {
      throw refused(
          "the data of the run have no labels, so nothing tells what samples show",
          "Train on data with labels, such as faces or digits.");
    }
    return ofLabels(labels);
  }
}
