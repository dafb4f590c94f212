package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Editors read a recipe by YAML 1.2 and check it against the schema that Gantry prints. This test
 * does the same with parsers that know nothing of Gantry.
 */
class EditorSchemaTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern FENCED = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  /** Texts that are numbers to people, but not in YAML 1.2. */
  private static final Pattern ALMOST_NUMBER = Pattern.compile("[-+]?\\d[\\d_.,]*\\d");

  /** The keywords that apply to one type only, which a strict validator wants next to them. */
  private static final Map<String, List<String>> TYPES =
      Map.of(
          "object",
          List.of("properties", "patternProperties", "additionalProperties", "required"),
          "array",
          List.of("items", "minItems", "maxItems"),
          "string",
          List.of("minLength", "maxLength", "pattern"),
          "number",
          List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"));

  @TempDir private static Path state;
  private static JsonNode schema;

  /** The schema of an installation with the plugins that the recipes use. */
  @BeforeAll
  static void readSchema() throws JsonProcessingException {
    Product product = Product.packed().withEnvironment("GANTRY_STATE", state.toString());
    Product.CommandResult installed = product.run("plugins", "install", "began", "--yes");
    assertEquals(0, installed.exitCode(), installed.err());
    Product.CommandResult printed = product.run("schema");
    assertEquals(0, printed.exitCode(), printed.err());
    schema = JSON.readTree(printed.out());
  }

  @Test
  void theSchemaIsOneOfItsDraft() {
    JsonSchema draft =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SchemaId.V202012));
    assertEquals("[]", draft.validate(schema).toString());
  }

  @TestFactory
  Stream<DynamicTest> everyRecipeIsValidInAnEditor() throws IOException {
    JsonSchema recipes =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(schema, SchemaValidatorsConfig.builder().strict("type", true).build());
    Map<String, Object> read = new LinkedHashMap<>();
    texts("recipes").forEach((name, text) -> read.put(name, load(text)));
    examples()
        .forEach(
            (name, text) -> {
              // An example without data shows a part of a recipe.
              if (load(text) instanceof Map<?, ?> example
                  && example.containsKey("networks")
                  && example.containsKey("data")) {
                read.put(name, example);
              }
            });
    assertTrue(read.size() > 20, read.keySet().toString());
    return read.entrySet().stream()
        .map(
            recipe ->
                DynamicTest.dynamicTest(
                    recipe.getKey(),
                    () ->
                        assertEquals(
                            "[]",
                            recipes.validate(JSON.valueToTree(recipe.getValue())).toString())));
  }

  @TestFactory
  Stream<DynamicTest> everyNumberIsANumberInYaml() throws IOException {
    Map<String, String> all = texts("recipes");
    all.putAll(texts("experiments"));
    all.putAll(examples());
    return all.entrySet().stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.getKey(), () -> requireNumbers(load(text.getValue()))));
  }

  private static void requireNumbers(Object value) {
    if (value instanceof Map<?, ?> mapping) {
      mapping.values().forEach(EditorSchemaTest::requireNumbers);
    } else if (value instanceof List<?> list) {
      list.forEach(EditorSchemaTest::requireNumbers);
    } else if (value instanceof String text) {
      assertFalse(ALMOST_NUMBER.matcher(text).matches(), text + " is a text in YAML 1.2");
    }
  }

  @Test
  void aStrictValidatorAcceptsTheSchema() {
    requireStrict("", schema, "");
  }

  /** What strict mode of validators refuses: keywords without their type, and double matches. */
  private static void requireStrict(String path, JsonNode node, String inherited) {
    if (node.isMissingNode()) {
      return;
    }
    String types = node.has("type") ? node.get("type").toString() : inherited;
    TYPES.forEach(
        (type, keywords) -> {
          for (String keyword : keywords) {
            boolean typed =
                types.contains(type) || (type.equals("number") && types.contains("integer"));
            assertTrue(
                !node.has(keyword) || typed, path + ": " + keyword + " without type " + type);
          }
        });
    for (JsonNode required : node.path("required")) {
      assertTrue(
          node.path("properties").has(required.asText()),
          path + ": " + required.asText() + " is required but not declared");
    }
    for (var pattern : node.path("patternProperties").properties()) {
      Pattern compiled = Pattern.compile(pattern.getKey());
      for (var property : node.path("properties").properties()) {
        assertFalse(compiled.matcher(property.getKey()).find(), path + ": " + property.getKey());
      }
    }
    for (String key : List.of("properties", "patternProperties", "$defs")) {
      node.path(key)
          .properties()
          .forEach(e -> requireStrict(path + "/" + e.getKey(), e.getValue(), ""));
    }
    for (String key : List.of("items", "additionalProperties")) {
      requireStrict(path + "/" + key, node.path(key), "");
    }
    for (String key : List.of("anyOf", "oneOf", "allOf")) {
      node.path(key).forEach(each -> requireStrict(path + "/" + key, each, types));
    }
  }

  private static Object load(String text) {
    return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
        .loadFromString(text);
  }

  private static Map<String, String> texts(String folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(Product.sources().resolve("distribution/" + folder))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        texts.put(folder + "/" + file.getFileName(), Files.readString(file));
      }
    }
    return texts;
  }

  /** The YAML examples of the documentation. */
  private static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new TreeMap<>();
    try (Stream<Path> files = Files.list(Product.sources().resolve("distribution/docs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
        Matcher matcher = FENCED.matcher(Files.readString(file));
        for (int i = 1; matcher.find(); i++) {
          examples.put("docs/" + file.getFileName() + " example " + i, matcher.group(1));
        }
      }
    }
    assertTrue(examples.size() >= 5, examples.keySet().toString());
    return examples;
  }
}
