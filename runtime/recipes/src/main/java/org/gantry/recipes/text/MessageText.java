package org.gantry.recipes.text;

import java.util.List;
import java.util.Locale;

/** Forms the words and sentences of messages. */
public final class MessageText {

  private MessageText() {}

  /** Returns a name in quotes. */
  public static String quoted(String name) {
    return "'" + name + "'";
  }

  /** Joins names in quotes: {@code 'a', 'b' and 'c'}. */
  public static String quoted(List<String> names, String conjunction) {
    return joined(names.stream().map(MessageText::quoted).toList(), conjunction);
  }

  /** Joins phrases: {@code a, b and c}. */
  public static String joined(List<String> phrases, String conjunction) {
    int last = phrases.size() - 1;
    if (last < 1) {
      return String.join("", phrases);
    }
    return String.join(", ", phrases.subList(0, last))
        + " "
        + conjunction
        + " "
        + phrases.get(last);
  }

  /** Returns the text with a full stop, and with a capital letter unless it begins with a name. */
  public static String toSentence(String text) {
    String first = text.split("[ :]", 2)[0];
    boolean name = first.contains("/") || first.contains(".") || first.contains("'");
    String head = name ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return withFullStop(head);
  }

  /** Returns the text with a full stop. */
  public static String withFullStop(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  /** Returns a noun with its article: {@code a loss}, {@code an encoder}. */
  public static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  /** Returns the plural of a noun: {@code losses}, {@code topologies}, {@code encoders}. */
  public static String plural(String noun) {
    if (noun.endsWith("s")) {
      return noun + "es";
    }
    return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }

  /** Turns a Java name, {@code HALF_LIFE} or {@code halfLife}, into {@code half-life}. */
  public static String toKebabCase(String javaName) {
    boolean constant = javaName.equals(javaName.toUpperCase(Locale.ROOT));
    return constant
        ? javaName.toLowerCase(Locale.ROOT).replace('_', '-')
        : javaName
            .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .replace('_', '-')
            .toLowerCase(Locale.ROOT);
  }
}
