package org.gantry.recipes.text;

import java.util.List;
import java.util.Locale;

/** How messages spell names. */
public final class MessageWording {

  private MessageWording() {}

  /** A name in quotes. */
  public static String quoted(String name) {
    return "'" + name + "'";
  }

  /** Names in a sentence: {@code 'a', 'b' and 'c'}. */
  public static String quoted(List<String> names, String conjunction) {
    return joined(names.stream().map(MessageWording::quoted).toList(), conjunction);
  }

  /** Phrases in a sentence: {@code a, b and c}. */
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

  /** The text with a capital letter, unless it begins with a name, and with a full stop. */
  public static String toSentence(String text) {
    String first = text.split("[ :]", 2)[0];
    boolean name = first.contains("/") || first.contains(".") || first.contains("'");
    String head = name ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return withFullStop(head);
  }

  /** The text with a full stop. */
  public static String withFullStop(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  /** {@code a loss}, {@code an encoder}. */
  public static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  /** {@code losses}, {@code topologies}, {@code encoders}. */
  public static String plural(String noun) {
    if (noun.endsWith("s")) {
      return noun + "es";
    }
    return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }

  /** The constant {@code HALF_LIFE} and the name {@code halfLife} are both {@code half-life}. */
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
