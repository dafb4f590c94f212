package org.gantry.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers for scripts, and what runs write down about themselves. */
final class Json {

  private Json() {}

  /** A member for each pair of a name and a value, in order. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /**
   * The text of a value made of maps, collections, optionals, strings, numbers and truth values.
   * What JSON has no number for is written as a string.
   */
  static String text(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.useDefaultPrettyPrinter();
      write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Reads the numbers of an object within an object; a string stands for what JSON has no number
   * for.
   *
   * @param text an object, or nothing at all
   * @param name the member whose numbers are wanted
   * @return in the order of the text; empty if there is no such member
   * @throws IOException if the text is no JSON, or a member of the member is no number
   */
  static Map<String, Double> numbers(String text, String name) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    try (JsonParser in = new JsonFactory().createParser(text)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = in.currentName().equals(name);
        in.nextToken();
        if (!wanted) {
          in.skipChildren();
          continue;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String member = in.currentName();
          in.nextToken();
          numbers.put(member, number(member, in.getText()));
        }
      }
    }
    return numbers;
  }

  private static double number(String name, String text) throws IOException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IOException("%s is no number but '%s'".formatted(name, text), e);
    }
  }

  private static void write(Object value, JsonGenerator out) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName(entry.getKey().toString());
        write(entry.getValue(), out);
      }
      out.writeEndObject();
    } else if (value instanceof Collection<?> collection) {
      out.writeStartArray();
      for (Object element : collection) {
        write(element, out);
      }
      out.writeEndArray();
    } else if (value instanceof Optional<?> optional) {
      write(optional.orElse(null), out);
    } else if (value instanceof Boolean truth) {
      out.writeBoolean(truth);
    } else if (value instanceof Long || value instanceof Integer) {
      out.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value == null) {
      out.writeNull();
    } else {
      out.writeString(value.toString());
    }
  }
}
