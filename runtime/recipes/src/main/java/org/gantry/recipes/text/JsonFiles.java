package org.gantry.recipes.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.host.support.TextFiles;

/** Reads and writes files of JSON. */
public final class JsonFiles {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The bytes to read from the end of a file; no line is longer. */
  private static final int TAIL = 1 << 16;

  private JsonFiles() {}

  /** A new empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * An object of numbers, in the map's order. JSON has no NaN and no infinity, so they become the
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

  /**
   * A number of an object that {@link #numbers} made.
   *
   * @throws NumberFormatException if it is not a number
   */
  public static double number(JsonNode value) {
    return value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
  }

  /** Rounds a time in seconds to milliseconds. */
  public static double seconds(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** The text of a node on one line, without a line end. */
  public static String line(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can always be written", e);
    }
  }

  /** The indented text of a node in UTF-8, with a line end. */
  public static byte[] file(JsonNode node) {
    return text(node).getBytes(StandardCharsets.UTF_8);
  }

  /** The indented text of a node, with a line end. */
  public static String text(JsonNode node) {
    try {
      return MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can always be written", e);
    }
  }

  /** The objects in the lines of a file; skips each line that is not an object. */
  public static List<JsonNode> lines(Path file) throws IOException {
    return new String(TextFiles.bytes(file), StandardCharsets.UTF_8)
        .lines()
        .map(JsonFiles::parseLine)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The object in the last line of a file that may be growing. Text after the last line end is
   * incomplete: a process is writing it, or was killed.
   *
   * @return an empty object if there is no line, or the file is missing
   */
  public static JsonNode lastLine(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return object();
    }
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(TAIL, access.length())];
      access.seek(access.length() - bytes.length);
      access.readFully(bytes);
      String tail = new String(bytes, StandardCharsets.UTF_8);
      int end = tail.lastIndexOf('\n');
      return end < 0
          ? object()
          : parseLine(tail.substring(tail.lastIndexOf('\n', end - 1) + 1, end))
              .orElseThrow(() -> new IOException("the last line of " + file + " is not JSON"));
    }
  }

  /** The object in a line; empty if it is not one, such as a line that was written in part. */
  public static Optional<JsonNode> parseLine(String line) {
    try {
      return Optional.ofNullable(MAPPER.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Parses a text.
   *
   * @return the node; a missing node for an empty text
   * @throws IOException if it is not JSON, with the place of the mistake
   */
  public static JsonNode parse(byte[] text) throws IOException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "it is not JSON from line %d, column %d on"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is not JSON, with the name of the file
   */
  public static JsonNode read(Path file) throws IOException {
    try {
      return MAPPER.readTree(TextFiles.bytes(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * A required field.
   *
   * @throws IOException if it is missing or null, with the names of the field and of the file
   */
  public static JsonNode required(JsonNode object, String field, Path file) throws IOException {
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      throw new IOException(file + " has no field '" + field + "'");
    }
    return value;
  }
}
