package org.gantry.host.support;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes JSON: indented, with a member per line. */
public final class JsonText {

  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /**
   * An object with a member for each pair of a name and a value, in order.
   *
   * @param namesAndValues a name, its value, the next name, and so on
   */
  public static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /**
   * The text of a value.
   *
   * @param value made of maps, collections, arrays of floats, optionals, numbers, booleans and
   *     null. JSON has no NaN and no infinity, so these become strings. So does any other object,
   *     by its {@code toString}.
   */
  public static String of(Object value) {
    JsonText json = new JsonText();
    json.write(value, "\n");
    return json.text.toString();
  }

  private void write(Object value, String newLine) {
    if (value instanceof Map<?, ?> map) {
      writeObject(map, newLine);
    } else if (value instanceof Collection<?> collection) {
      writeArray(collection, newLine);
    } else if (value instanceof float[] numbers) {
      writeArray(list(numbers), newLine);
    } else if (value instanceof Optional<?> optional) {
      write(optional.orElse(null), newLine);
    } else if (value == null || value instanceof Boolean || isFinite(value)) {
      text.append(value);
    } else {
      writeString(value.toString());
    }
  }

  private static List<Float> list(float[] numbers) {
    List<Float> list = new ArrayList<>();
    for (float number : numbers) {
      list.add(number);
    }
    return list;
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private void writeObject(Map<?, ?> map, String newLine) {
    text.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator).append(newLine).append(INDENT);
      writeString(entry.getKey().toString());
      text.append(" : ");
      write(entry.getValue(), newLine + INDENT);
      separator = ",";
    }
    text.append(map.isEmpty() ? " " : newLine).append('}');
  }

  private void writeArray(Collection<?> collection, String newLine) {
    text.append("[ ");
    Iterator<?> elements = collection.iterator();
    while (elements.hasNext()) {
      write(elements.next(), newLine);
      text.append(elements.hasNext() ? ", " : " ");
    }
    text.append(']');
  }

  private void writeString(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> {
          if (c < ' ') {
            text.append("\\u%04X".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
