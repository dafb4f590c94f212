package org.gantry.serving.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.recipes.text.NearestName;

/**
 * What a request for samples states.
 *
 * @param count the number of samples
 * @param seed the seed; empty for one that the server chooses
 * @param use the name of the use; empty for the usual one
 * @param pictures whether the samples are answered as one picture, and not as JSON
 * @param given the value of each given input, by name
 */
record SampleParameters(
    int count, OptionalLong seed, String use, boolean pictures, Map<String, String> given) {

  private static final String COUNT = "count";
  private static final String SEED = "seed";
  private static final String USE = "use";
  private static final String FORMAT = "format";
  private static final String GIVEN = "given";
  private static final List<String> NAMES = List.of(COUNT, SEED, USE, FORMAT, GIVEN);

  /**
   * Reads the parameters of an address, such as {@code count=4&seed=1&given=label=7}.
   *
   * @param most the most samples
   * @throws RefusalException if one is wrong
   */
  static SampleParameters ofQuery(Map<String, List<String>> query, int most) {
    Map<String, String> single = new LinkedHashMap<>();
    Map<String, String> given = new LinkedHashMap<>();
    query.forEach(
        (name, values) -> {
          requireKnown(name);
          if (name.equals(GIVEN)) {
            values.forEach(value -> addGiven(given, value));
          } else if (values.size() > 1) {
            throw RefusalException.wrong(name + " appears twice", "State it once.");
          } else {
            single.put(name, values.get(0));
          }
        });
    return of(single, given, most);
  }

  private static void addGiven(Map<String, String> given, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw RefusalException.wrong(
          "given=%s: expected given=NAME=VALUE".formatted(text), "For example: given=label=7");
    } else if (given.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
      throw RefusalException.wrong(
          "given.%s appears twice".formatted(text.substring(0, equals)),
          "Give each input one value; several labels share the samples, as in given=label=1,2,3.");
    }
  }

  /**
   * Reads the parameters of a body in JSON, such as <code>{"count": 4, "given": {"label": 7}}
   * </code>. An empty body states none.
   *
   * @param most the most samples
   * @throws RefusalException if it is not such an object
   */
  static SampleParameters ofJson(byte[] body, int most) {
    JsonNode root;
    try {
      root = JsonFiles.parse(body);
    } catch (IOException e) {
      throw RefusalException.wrong("the body: " + e.getMessage(), "");
    }
    if (!root.isMissingNode() && !root.isObject()) {
      throw RefusalException.wrong("the body: expected an object", "For example: {\"count\": 4}");
    }
    Map<String, String> single = new LinkedHashMap<>();
    Map<String, String> given = new LinkedHashMap<>();
    root.properties()
        .forEach(
            field -> {
              requireKnown(field.getKey());
              JsonNode value = field.getValue();
              if (!field.getKey().equals(GIVEN)) {
                single.put(field.getKey(), text(field.getKey(), value));
              } else if (value.isObject()) {
                value
                    .properties()
                    .forEach(
                        input ->
                            given.put(
                                input.getKey(), text("given." + input.getKey(), input.getValue())));
              } else {
                throw RefusalException.wrong(
                    "given: expected an object", "For example: {\"given\": {\"label\": 7}}");
              }
            });
    return of(single, given, most);
  }

  /** The text of a value in the form of the command line, where commas separate a list. */
  private static String text(String name, JsonNode value) {
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(text(name, part)));
      return String.join(",", parts);
    } else if (value.isTextual() || value.isNumber()) {
      return value.asText();
    }
    throw RefusalException.wrong(name + ": expected a text, a number or a list of them", "");
  }

  private static void requireKnown(String name) {
    if (!NAMES.contains(name)) {
      throw RefusalException.wrong(
          "%s is not a parameter".formatted(name),
          NearestName.find(name, NAMES)
              .map(near -> "Did you mean '" + near + "'?")
              .orElse("The parameters are %s.".formatted(String.join(", ", NAMES))));
    }
  }

  private static SampleParameters of(
      Map<String, String> single, Map<String, String> given, int most) {
    String format = single.getOrDefault(FORMAT, "png").toLowerCase(Locale.ROOT);
    if (!format.equals("png") && !format.equals("json")) {
      throw RefusalException.wrong("format %s: expected png or json".formatted(format), "");
    }
    return new SampleParameters(
        count(single.getOrDefault(COUNT, "1"), most),
        seed(single),
        single.getOrDefault(USE, ""),
        format.equals("png"),
        given);
  }

  private static int count(String text, int most) {
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      throw RefusalException.wrong(
          "count %s: expected a number from 1 to %d".formatted(text, most),
          "Ask for more in several requests with other seeds.");
    }
    return Integer.parseInt(text);
  }

  /** The seed of some parameters; empty if they state none. */
  static OptionalLong seed(Map<String, String> single) {
    String text = single.get(SEED);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw RefusalException.wrong("seed %s: expected a whole number".formatted(text), "");
    }
  }
}
