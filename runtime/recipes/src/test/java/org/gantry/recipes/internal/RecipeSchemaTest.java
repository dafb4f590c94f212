package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.KindDeclaration;
import org.gantry.components.PluginJar;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.junit.jupiter.api.Test;

class RecipeSchemaTest {

  private final FakeRegistry components = FakeRegistry.standard();

  private static JsonNode schema(ComponentRegistry components) throws JsonProcessingException {
    RecipeService service = new RecipeService(components, Path.of("none"), Path.of(""), () -> {});
    return JsonMapper.builder().build().readTree(service.jsonSchema());
  }

  private JsonNode definition(String key) throws JsonProcessingException {
    JsonNode definition = schema(components).get("$defs").get(key);
    assertTrue(definition != null, "no definition of " + key);
    return definition;
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JsonMapper.builder().build().readTree(text);
  }

  @Test
  void everyInstalledComponentIsInTheSchemaOfItsKind() throws JsonProcessingException {
    JsonNode definitions = schema(components).get("$defs");
    for (ComponentInfo component : components.all()) {
      String key = component.kind() + ":" + component.bundle() + ":" + component.name();
      assertEquals(component.summary(), definitions.get(key).get("description").asText());
      assertTrue(definitions.get(component.kind()).toString().contains("#/$defs/" + key), key);
    }
  }

  @Test
  void everyReferenceHasADefinition() throws JsonProcessingException {
    JsonNode schema = schema(components);
    assertFalse(schema.findValues("$ref").isEmpty());
    for (JsonNode reference : schema.findValues("$ref")) {
      assertFalse(schema.at(reference.asText().substring(1)).isMissingNode(), reference::asText);
    }
  }

  @Test
  void optionsHaveTypesRangesDefaultsAndDescriptions() throws JsonProcessingException {
    assertEquals(
        json(
            """
            {"type": ["object", "null"], "additionalProperties": false, "properties": {
              "width": {"type": "integer", "exclusiveMinimum": 0,
                "description": "units in a layer", "default": 64},
              "depth": {"type": "integer", "minimum": 1, "maximum": 8,
                "description": "hidden layers", "default": 2},
              "activation": {"enum": ["relu", "leaky-relu"],
                "description": "between layers", "default": "relu"},
              "norm": {"type": "boolean", "description": "whether to normalise", "default": false}
            }, "description": "fully connected layers"}
            """),
        definition("generator:test.mlp:mlp"));
    assertEquals(
        json(
            """
            {"type": ["object", "null"], "additionalProperties": false, "properties": {
              "decay": {"type": "number", "minimum": 0, "exclusiveMaximum": 1,
                "description": "what the average keeps", "default": 0.999},
              "layers": {"type": "array", "items": {"type": "integer", "exclusiveMinimum": 0},
                "minItems": 1, "maxItems": 3, "description": "the layers", "default": [1, 2]},
              "label": {"type": "string", "maxLength": 5,
                "description": "a label", "default": "ema"}
            }, "description": "averages weights"}
            """),
        definition("regularizer:test.weight-averaging:weight-averaging"));
  }

  @Test
  void componentsWithRequiredOptionsHaveNoShortForm() throws JsonProcessingException {
    JsonNode sgd = definition("optimizer:test.sgd:sgd");
    assertEquals(json("[\"rate\"]"), sgd.get("required"));
    assertEquals("object", sgd.get("type").asText());
    assertFalse(definition(ComponentKind.OPTIMIZER).findValuesAsText("const").contains("sgd"));
    assertTrue(definition(ComponentKind.OPTIMIZER).findValuesAsText("const").contains("adam"));
  }

  @Test
  void ambiguousNamesAreQualified() throws JsonProcessingException {
    JsonNode losses = definition(ComponentKind.LOSS);
    assertTrue(losses.findValuesAsText("const").contains("com.first.twin/twin"));
    assertTrue(losses.findValuesAsText("const").contains("com.second.twin/twin"));
    assertFalse(losses.findValuesAsText("const").contains("twin"));
  }

  @Test
  void topLevelHasEveryKeyAndTheSettings() throws JsonProcessingException {
    JsonNode schema = schema(components);
    assertEquals("https://json-schema.org/draft/2020-12/schema", schema.get("$schema").asText());
    assertEquals(json("[\"data\", \"networks\"]"), schema.at("/anyOf/0/required"));
    assertEquals(json("[\"stages\"]"), schema.at("/anyOf/1/required"));
    assertEquals(RecipeFormat.KEYS_WITH_STAGES.size(), schema.get("properties").size());
    assertEquals(
        json(
            """
            {"type": "integer", "exclusiveMinimum": 0,
              "description": "samples in a batch", "default": 64}
            """),
        schema.at("/properties/train/properties/batch"));
    assertEquals("non-saturating", schema.at("/properties/loss/default").asText());
  }

  @Test
  void stagesHaveTheKeysOfARecipeButTheName() throws JsonProcessingException {
    JsonNode keys = schema(components).at("/properties/stages/additionalProperties/properties");
    assertEquals("#/properties/train", keys.at("/train/$ref").asText());
    assertEquals(RecipeFormat.KEYS.size() - 1, keys.size());
  }

  @Test
  void aPatternNeverMatchesAPropertyNextToIt() throws JsonProcessingException {
    int patterns = 0;
    for (JsonNode owner : schema(components).findParents("patternProperties")) {
      for (var pattern : owner.get("patternProperties").properties()) {
        patterns++;
        for (var property : owner.get("properties").properties()) {
          assertFalse(
              Pattern.compile(pattern.getKey()).matcher(property.getKey()).find(),
              pattern.getKey() + " matches " + property.getKey());
        }
      }
    }
    assertTrue(patterns > 5, patterns + " patterns");
  }

  @Test
  void otherReferencesToAComponentAreInItsPattern() throws JsonProcessingException {
    JsonNode losses = definition(ComponentKind.LOSS).findValue("patternProperties");
    List<String> patterns = losses.properties().stream().map(Map.Entry::getKey).toList();
    for (String name : List.of("hinge@1", "test.hinge/hinge", "test.hinge/hinge@[1,2)")) {
      assertEquals(
          1, patterns.stream().filter(p -> Pattern.compile(p).matcher(name).find()).count(), name);
    }
  }

  @Test
  void brokenComponentsDoNotRemoveOthers() throws JsonProcessingException {
    ComponentRegistry broken =
        new ComponentRegistry() {
          @Override
          public List<ComponentInfo> all() {
            return components.all();
          }

          @Override
          public List<KindDeclaration> addedKinds() {
            return components.addedKinds();
          }

          @Override
          public byte[] jarContent(KindDeclaration kind) {
            return components.jarContent(kind);
          }

          @Override
          public Class<?> kindType(KindDeclaration kind) {
            return components.kindType(kind);
          }

          @Override
          public Class<?> type(ComponentInfo component) {
            return components.type(component);
          }

          @Override
          public PluginJar jar(ComponentInfo component) {
            return components.jar(component);
          }

          @Override
          public Optional<Class<? extends Record>> optionsType(ComponentInfo component) {
            if (component.name().equals("hinge")) {
              throw new ComponentException("broken", null);
            }
            return components.optionsType(component);
          }

          @Override
          public <T> T create(
              ComponentInfo component, Class<T> type, Optional<? extends Record> options) {
            return components.create(component, type, options);
          }
        };
    JsonNode definitions = schema(broken).get("$defs");
    assertTrue(definitions.has("loss:test.hinge:hinge"));
    assertEquals(4, definitions.at("/generator:test.mlp:mlp/properties").size());
  }
}
