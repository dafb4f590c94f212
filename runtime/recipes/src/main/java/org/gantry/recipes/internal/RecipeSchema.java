package org.gantry.recipes.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ModuleFile;
import org.gantry.recipes.internal.format.ModuleSettings;
import org.gantry.recipes.internal.format.NetworkChoice;
import org.gantry.recipes.internal.format.NetworkSettings;
import org.gantry.recipes.internal.format.PlannedChange;
import org.gantry.recipes.internal.format.PlayerSettings;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.format.WatchdogRemedies;
import org.gantry.recipes.internal.options.OptionDeclaration;
import org.gantry.recipes.text.JsonFiles;

/**
 * The JSON schema (draft 2020-12) of recipes, with which editors complete and check recipes. It
 * includes the installed components and their options, with ranges, defaults and documentation.
 */
final class RecipeSchema {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ComponentRegistry components;
  private final ComponentCatalog catalog;

  RecipeSchema(ComponentRegistry components) {
    this.components = components;
    this.catalog = ComponentCatalog.of(components, false);
  }

  /** Returns the schema as text. */
  String text() {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Gantry recipe");
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    ArrayNode forms = schema.putArray("anyOf");
    forms.add(requiring(RecipeFormat.REQUIRED.toArray(String[]::new)));
    forms.add(requiring(RecipeFormat.STAGES));
    ObjectNode properties = schema.putObject("properties");
    for (String key : RecipeFormat.KEYS) {
      properties.set(key, property(key).put("description", RecipeFormat.description(key)));
    }
    properties.set(
        RecipeFormat.STAGES,
        stages().put("description", RecipeFormat.description(RecipeFormat.STAGES)));
    ObjectNode definitions = schema.putObject("$defs");
    for (String kind : catalog.kinds()) {
      definitions.set(kind, kind(kind));
      for (ComponentInfo component : catalog.ofKind(kind)) {
        definitions.set(key(component), component(component));
      }
    }
    for (String kind : RecipeFormat.ARCHITECTURES) {
      definitions.set(networkKey(kind), network(kind));
    }
    return JsonFiles.text(schema);
  }

  /** The schema of the stages, each of which has the keys of a recipe but the name. */
  private static ObjectNode stages() {
    ObjectNode stage = JSON.objectNode().put("additionalProperties", false);
    stage.putArray("type").add("object").add("null");
    ObjectNode keys = stage.putObject("properties");
    for (String key : RecipeFormat.KEYS) {
      if (!key.equals(RecipeFormat.NAME)) {
        keys.putObject(key).put("$ref", "#/properties/" + key);
      }
    }
    ObjectNode stages = JSON.objectNode().put("type", "object").put("minProperties", 1);
    stages.set("additionalProperties", stage);
    return stages;
  }

  private ObjectNode property(String key) {
    if (RecipeFormat.SINGLE_KINDS.containsKey(key)) {
      ObjectNode single = single(key);
      if (RecipeFormat.DEFAULTS.containsKey(key)) {
        single.put("default", RecipeFormat.DEFAULTS.get(key));
      }
      return single;
    }
    if (RecipeFormat.LIST_KINDS.containsKey(key)) {
      ObjectNode list = JSON.objectNode().put("type", "array");
      list.set("items", reference(RecipeFormat.LIST_KINDS.get(key)));
      return list;
    }
    if (key.equals(RecipeFormat.NETWORKS)) {
      return networks();
    }
    return switch (key) {
      case RecipeFormat.NAME -> JSON.objectNode().put("type", "string");
      case RecipeFormat.TRAIN -> OptionSchema.options(TrainSettings.class);
      case RecipeFormat.PLAYERS -> players();
      case RecipeFormat.CHANGES -> changes();
      default -> throw new IllegalArgumentException(key);
    };
  }

  /** The schema of a component, or of several by name. */
  private static ObjectNode single(String key) {
    String kind = RecipeFormat.SINGLE_KINDS.get(key);
    if (!RecipeFormat.NAMED_KEYS.contains(key)) {
      return reference(kind);
    }
    ObjectNode either = JSON.objectNode();
    ArrayNode forms = either.putArray("anyOf");
    forms.add(reference(kind));
    forms
        .addObject()
        .put("type", "object")
        .put("minProperties", 2)
        .set("additionalProperties", reference(kind));
    return either;
  }

  /** The schema of a network: its architecture, with how it starts and trains next to it. */
  private ObjectNode network(String kind) {
    ObjectNode withSetup = withOptions(kind);
    ObjectNode properties = withSetup.withObject("/properties");
    properties.setAll((ObjectNode) OptionSchema.options(NetworkSettings.class).get("properties"));
    ObjectNode freeze =
        properties
            .putObject(NetworkChoice.FREEZE)
            .put("description", "whether it keeps its weights, or how many of its first layers do");
    freeze.putArray("anyOf").addObject().put("type", "boolean");
    freeze.withArray("/anyOf").addObject().put("type", "integer").put("minimum", 0);
    properties.set(ModuleFile.KEY, OptionSchema.options(ModuleSettings.class));
    withSetup.put("maxProperties", NetworkChoice.KEYS.size() + 1);
    ObjectNode schema = JSON.objectNode();
    schema.putArray("anyOf").add(reference(kind)).add(withSetup);
    return schema;
  }

  private static String networkKey(String kind) {
    return "network:" + kind;
  }

  private static ObjectNode networks() {
    ObjectNode networks = JSON.objectNode().put("type", "object").put("minProperties", 1);
    ObjectNode byKind = networks.putObject("properties");
    ObjectNode byRole = networks.putObject("patternProperties");
    ArrayNode any = JSON.arrayNode();
    for (String kind : RecipeFormat.ARCHITECTURES) {
      byKind.set(kind, reference(networkKey(kind)));
      byRole.set(rolePattern(kind), reference(networkKey(kind)));
      any.add(reference(networkKey(kind)));
    }
    networks.putObject("additionalProperties").set("anyOf", any);
    return networks;
  }

  /**
   * The pattern of roles that name one kind of architecture, such as {@code photos-discriminator}.
   * It does not match the kind alone, which is a property of its own: validators in strict mode
   * refuse the overlap. A role that names two kinds, such as {@code generator-condition}, can have
   * any architecture.
   */
  private static String rolePattern(String kind) {
    String others =
        RecipeFormat.ARCHITECTURES.stream()
            .filter(other -> !other.equals(kind))
            .collect(Collectors.joining("|"));
    return "^(?!(.*-)?(%s)(-|$))(%s-|.*-%s(-|$))".formatted(others, kind, kind);
  }

  private static ObjectNode players() {
    ObjectNode player = OptionSchema.options(PlayerSettings.class);
    String kind = RecipeFormat.SINGLE_KINDS.get(RecipeFormat.OPTIMIZER);
    player
        .withObject("/properties")
        .set(
            RecipeFormat.OPTIMIZER,
            reference(kind).put("description", "the player's own optimizer"));
    ObjectNode players = JSON.objectNode().put("type", "object");
    players.set("additionalProperties", player);
    return players;
  }

  private static ObjectNode changes() {
    ObjectNode change = JSON.objectNode().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = change.putObject("properties");
    properties
        .putObject(PlannedChange.AFTER)
        .put("type", "integer")
        .put("minimum", 0)
        .put("description", "the number of steps after which it takes effect");
    properties
        .putObject(PlannedChange.SET)
        .put("type", "string")
        .put("description", "the path of the changed value, such as loss or regularizers[+]");
    properties.putObject(PlannedChange.TO).put("description", "the new value");
    properties
        .putObject(PlannedChange.REMOVE)
        .put("type", "string")
        .put("description", "the path of the regularizer to remove");
    ArrayNode forms = change.putArray("oneOf");
    forms.add(requiring(PlannedChange.AFTER, PlannedChange.SET, PlannedChange.TO));
    forms.add(requiring(PlannedChange.AFTER, PlannedChange.REMOVE));
    ObjectNode changes = JSON.objectNode().put("type", "array");
    changes.set("items", change);
    return changes;
  }

  /** Requires keys, and declares them again, because strict mode looks no further. */
  private static ObjectNode requiring(String... keys) {
    ObjectNode form = JSON.objectNode();
    for (String key : keys) {
      form.withArray("/required").add(key);
      form.withObject("/properties").put(key, true);
    }
    return form;
  }

  /** Returns the schema of a component of a kind. */
  static ObjectNode reference(String kind) {
    return JSON.objectNode().put("$ref", "#/$defs/" + kind);
  }

  private static String key(ComponentInfo component) {
    return component.kind() + ":" + component.bundle() + ":" + component.name();
  }

  /** The schema of a component of a kind: its name, or its name with options. */
  private ObjectNode kind(String kind) {
    ArrayNode forms = JSON.arrayNode();
    for (ComponentInfo component : catalog.ofKind(kind)) {
      if (!needsOptions(component)) {
        forms.add(
            JSON.objectNode()
                .put("const", shortName(component))
                .put("description", component.summary()));
      }
    }
    forms.add(JSON.objectNode().put("type", "string").put("pattern", "[/@]"));
    ObjectNode withOptions = withOptions(kind);
    if (kind.equals(ComponentKind.WATCHDOG)) {
      withOptions.put("maxProperties", 2);
      withOptions.withObject("/properties").set(WatchdogRemedies.KEY, onTrouble());
    }
    forms.add(withOptions);
    ObjectNode schema = JSON.objectNode();
    schema.set("anyOf", forms);
    return schema;
  }

  /** The schema of the name of a component of a kind, with its options. */
  private ObjectNode withOptions(String kind) {
    ObjectNode withOptions = JSON.objectNode().put("type", "object");
    withOptions.put("minProperties", 1).put("maxProperties", 1).put("additionalProperties", false);
    ObjectNode properties = withOptions.putObject("properties");
    ObjectNode patterns = withOptions.putObject("patternProperties");
    for (ComponentInfo component : catalog.ofKind(kind)) {
      ObjectNode definition = JSON.objectNode().put("$ref", "#/$defs/" + key(component));
      properties.set(shortName(component), definition);
      patterns.set(ReferencePattern.of(component, isUnique(component)), definition);
    }
    return withOptions;
  }

  private boolean isUnique(ComponentInfo component) {
    return catalog.ofKind(component.kind()).stream()
            .filter(other -> other.name().equals(component.name()))
            .count()
        == 1;
  }

  private String shortName(ComponentInfo component) {
    return isUnique(component) ? component.name() : component.qualifiedName();
  }

  /** The schema of a watchdog's remedies: one, or several in order. */
  private static ObjectNode onTrouble() {
    ObjectNode one = JSON.objectNode();
    ArrayNode forms = one.putArray("anyOf");
    WatchdogRemedies.REMEDY_NAMES.stream()
        .filter(word -> !word.equals("add"))
        .forEach(word -> forms.add(JSON.objectNode().put("const", word)));
    ObjectNode lower = forms.addObject().put("type", "object").put("additionalProperties", false);
    lower
        .putObject("properties")
        .putObject("lower-rate")
        .put("type", "number")
        .put("exclusiveMinimum", 0)
        .put("exclusiveMaximum", 1);
    ObjectNode add = forms.addObject().put("type", "object").put("additionalProperties", false);
    add.putObject("properties").set("add", reference(ComponentKind.REGULARIZER));
    ObjectNode schema = JSON.objectNode();
    schema.put("description", "what to do about its findings; by default warn");
    ArrayNode either = schema.putArray("anyOf");
    either.add(one);
    either.addObject().put("type", "array").set("items", one.deepCopy());
    return schema;
  }

  private boolean needsOptions(ComponentInfo component) {
    try {
      return components.optionsType(component).stream()
          .flatMap(type -> OptionDeclaration.of(type).stream())
          .anyMatch(option -> option.defaultValue().isEmpty());
    } catch (ComponentException | IllegalArgumentException e) {
      return false;
    }
  }

  private ObjectNode component(ComponentInfo component) {
    ObjectNode schema;
    try {
      schema =
          components
              .optionsType(component)
              .map(OptionSchema::options)
              .orElseGet(() -> JSON.objectNode().put("additionalProperties", false));
    } catch (ComponentException | IllegalArgumentException e) {
      // A bundle that does not work must not remove the others from the schema.
      schema = JSON.objectNode();
    }
    if (!needsOptions(component)) {
      // A component without a value has its default options.
      schema.putArray("type").add("object").add("null");
    }
    return schema.put("description", component.summary());
  }
}
