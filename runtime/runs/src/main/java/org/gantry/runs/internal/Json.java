package org.gantry.runs.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON as runs write it. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** An object without fields, to be filled. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * An object of numbers, in the map's order. JSON knows no NaN and no infinity; they become the
   * strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
   */
  public static ObjectNode numbers(Map<String, Double> values) {
    ObjectNode object = object();
    values.forEach((name, value) -> number(object, name, value));
    return object;
  }

  private static void number(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.put(name, Double.toString(value));
    }
  }

  /** A number of such an object, NaN and infinity included. */
  public static double number(JsonNode value) {
    return value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
  }

  /** A time in seconds, to the millisecond. */
  public static double seconds(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** One line, without its end. */
  public static String line(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can always be written", e);
    }
  }

  /** A file for people to read. */
  public static byte[] file(JsonNode node) {
    try {
      String text = MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(node);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can always be written", e);
    }
  }

  /** The lines of a file; what is no whole line is left out. */
  public static List<JsonNode> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
        .lines()
        .map(Json::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  /** What a line says; empty for one that was not written whole. */
  public static Optional<JsonNode> parse(String line) {
    try {
      return Optional.ofNullable(MAPPER.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is no JSON, saying which file
   */
  public static JsonNode read(Path file) throws IOException {
    try {
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * A field that must be there.
   *
   * @throws IOException if it is not, saying which field of which file
   */
  public static JsonNode required(JsonNode object, String field, Path file) throws IOException {
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      throw new IOException(file + " has no field '" + field + "'");
    }
    return value;
  }
}
