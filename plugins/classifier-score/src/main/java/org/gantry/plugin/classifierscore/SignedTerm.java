package org.gantry.plugin.classifierscore;

import java.util.ArrayList;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;

/**
 * One term of an arithmetic expression.
 *
 * @param sign 1 or -1
 * @param text what it names
 */
record SignedTerm(int sign, String text) {

  /** The text between two values that samples have to show together. */
  private static final String AND = " & ";

  /**
   * A value of a label.
   *
   * @param label the index of the label
   * @param value the index of the class
   */
  record LabelValue(int label, int value) {}

  /**
   * Parses a term.
   *
   * @param term a plus or minus sign, then the text
   * @throws UnusableComponentException if the sign or the text is missing
   */
  static SignedTerm parse(String term) {
    if (!term.matches("[+-].+")) {
      throw new UnusableComponentException(
          "a term is a sign and what it names, such as +mood=happy, not '%s'".formatted(term));
    }
    return new SignedTerm(term.charAt(0) == '+' ? 1 : -1, term.substring(1));
  }

  /**
   * Returns the values that the term names, such as {@code mood=happy & glasses=yes}.
   *
   * @throws UnusableComponentException if no label has the value
   */
  List<LabelValue> values(List<DatasetField> labels) {
    List<LabelValue> values = new ArrayList<>();
    for (String part : text.split(AND, -1)) {
      values.add(value(part, labels));
    }
    return values;
  }

  private static LabelValue value(String part, List<DatasetField> labels) {
    for (int label = 0; label < labels.size(); label++) {
      String name = labels.get(label).name() + "=";
      int value =
          part.startsWith(name)
              ? labels.get(label).classNames().indexOf(part.substring(name.length()))
              : -1;
      if (value >= 0) {
        return new LabelValue(label, value);
      }
    }
    throw new UnusableComponentException(
        "'%s' is not a value of a label; write LABEL=VALUE".formatted(part));
  }
}
