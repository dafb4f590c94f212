package org.gantry.recipes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.PlannedChange;
import org.gantry.recipes.internal.format.PlayerSettings;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.format.WatchdogRemedies;
import org.gantry.recipes.internal.options.OptionDeclaration;
import org.gantry.recipes.internal.options.OptionLimits;
import org.gantry.recipes.internal.options.OptionType;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

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
    this.catalog = new ComponentCatalog(components.all(), false);
  }

  /** Returns the schema as text. */
  String text() {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Gantry recipe");
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    RecipeFormat.REQUIRED.forEach(schema.withArray("/required")::add);
    ObjectNode properties = schema.putObject("properties");
    for (String key : RecipeFormat.KEYS) {
      properties.set(key, property(key).put("description", RecipeFormat.description(key)));
    }
    ObjectNode definitions = schema.putObject("$defs");
    for (String kind : catalog.kinds()) {
      definitions.set(kind, kind(kind));
      for (ComponentInfo component : catalog.ofKind(kind)) {
        definitions.set(key(component), component(component));
      }
    }
    return JsonFiles.text(schema);
  }

  private ObjectNode property(String key) {
    if (RecipeFormat.SINGLE_KINDS.containsKey(key)) {
      ObjectNode single = reference(RecipeFormat.SINGLE_KINDS.get(key));
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
    return switch (key) {
      case RecipeFormat.NAME -> JSON.objectNode().put("type", "string");
      case RecipeFormat.TRAIN -> options(TrainSettings.class);
      case RecipeFormat.NETWORKS -> networks();
      case RecipeFormat.PLAYERS -> players();
      case RecipeFormat.CHANGES -> changes();
      default -> throw new IllegalArgumentException(key);
    };
  }

  private static ObjectNode networks() {
    ObjectNode networks = JSON.objectNode().put("type", "object").put("minProperties", 1);
    ObjectNode byKind = networks.putObject("properties");
    ObjectNode byRole = networks.putObject("patternProperties");
    ArrayNode any = JSON.arrayNode();
    for (String kind : RecipeFormat.ARCHITECTURES) {
      byKind.set(kind, reference(kind));
      byRole.set("(^|-)" + kind + "(-|$)", reference(kind));
      any.add(reference(kind));
    }
    networks.putObject("additionalProperties").set("anyOf", any);
    return networks;
  }

  private static ObjectNode players() {
    ObjectNode player = options(PlayerSettings.class);
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
    forms
        .addObject()
        .putArray("required")
        .add(PlannedChange.AFTER)
        .add(PlannedChange.SET)
        .add(PlannedChange.TO);
    forms.addObject().putArray("required").add(PlannedChange.AFTER).add(PlannedChange.REMOVE);
    ObjectNode changes = JSON.objectNode().put("type", "array");
    changes.set("items", change);
    return changes;
  }

  private static ObjectNode reference(String kind) {
    return JSON.objectNode().put("$ref", "#/$defs/" + kind);
  }

  private static String key(ComponentInfo component) {
    return component.kind() + ":" + component.bundle() + ":" + component.name();
  }

  /** The schema of a component of a kind: its name, or its name with options. */
  private ObjectNode kind(String kind) {
    ObjectNode withOptions = JSON.objectNode().put("type", "object");
    boolean watchdog = kind.equals(ComponentKind.WATCHDOG);
    withOptions
        .put("minProperties", 1)
        .put("maxProperties", watchdog ? 2 : 1)
        .put("additionalProperties", false);
    ObjectNode properties = withOptions.putObject("properties");
    if (watchdog) {
      properties.set(WatchdogRemedies.KEY, onTrouble());
    }
    ObjectNode patterns = withOptions.putObject("patternProperties");
    ArrayNode forms = JSON.arrayNode();
    for (ComponentInfo component : catalog.ofKind(kind)) {
      boolean unique =
          catalog.ofKind(kind).stream().filter(c -> c.name().equals(component.name())).count() == 1;
      String name = unique ? component.name() : component.qualifiedName();
      ObjectNode definition = JSON.objectNode().put("$ref", "#/$defs/" + key(component));
      properties.set(name, definition);
      patterns.set(
          "^("
              + literal(component.bundle() + "/")
              + (unique ? ")?" : ")")
              + literal(component.name())
              + "(@.+)?$",
          definition);
      if (!needsOptions(component)) {
        forms.add(JSON.objectNode().put("const", name).put("description", component.summary()));
      }
    }
    forms.add(JSON.objectNode().put("type", "string").put("pattern", "[/@]"));
    forms.add(withOptions);
    ObjectNode schema = JSON.objectNode();
    schema.set("anyOf", forms);
    return schema;
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

  /** Returns a regular expression, valid in any dialect, that matches exactly this text. */
  private static String literal(String text) {
    return text.replaceAll("([^A-Za-z0-9_/-])", "\\\\$1");
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
              .map(RecipeSchema::options)
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

  private static ObjectNode options(Class<? extends Record> type) {
    ObjectNode schema = JSON.objectNode().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    for (OptionDeclaration option : OptionDeclaration.of(type)) {
      ObjectNode property = type(option.type(), option.limits());
      if (!option.doc().isEmpty()) {
        property.put("description", option.doc());
      }
      option
          .defaultValue()
          .flatMap(text -> defaultValue(option.type(), text))
          .ifPresentOrElse(
              value -> property.set("default", value),
              () -> {
                if (option.defaultValue().isEmpty()) {
                  schema.withArray("/required").add(option.name());
                }
              });
      properties.set(option.name(), property);
    }
    return schema;
  }

  private static ObjectNode type(OptionType type, OptionLimits limits) {
    if (type instanceof OptionType.RecordType group) {
      return options(group.type());
    }
    ObjectNode schema = JSON.objectNode();
    if (type instanceof OptionType.EnumType choice) {
      choice.names().forEach(schema.withArray("/enum")::add);
      return schema;
    }
    if (type instanceof OptionType.ListType many) {
      schema.put("type", "array").set("items", type(many.element(), many.limits()));
      limits.minSize().ifPresent(size -> schema.put("minItems", size));
      limits.maxSize().ifPresent(size -> schema.put("maxItems", size));
      return schema;
    }
    if (type instanceof OptionType.BooleanType) {
      return schema.put("type", "boolean");
    }
    if (type instanceof OptionType.IntegerType || type instanceof OptionType.DecimalType) {
      schema.put("type", type instanceof OptionType.IntegerType ? "integer" : "number");
      limits
          .minimum()
          .ifPresent(
              end -> schema.put(end.inclusive() ? "minimum" : "exclusiveMinimum", end.value()));
      limits
          .maximum()
          .ifPresent(
              end -> schema.put(end.inclusive() ? "maximum" : "exclusiveMaximum", end.value()));
      return schema;
    }
    schema.put("type", "string");
    limits.minSize().ifPresent(size -> schema.put("minLength", size));
    limits.maxSize().ifPresent(size -> schema.put("maxLength", size));
    if (limits.notBlank()) {
      schema.put("pattern", "\\S");
    }
    return schema;
  }

  private static Optional<JsonNode> defaultValue(OptionType type, String text) {
    ProblemCollector ignored = new ProblemCollector();
    SourcePosition nowhere = new SourcePosition("default", 0, 0, Path.of(""));
    return YamlReader.read(text, nowhere, ignored).flatMap(value -> json(type, value));
  }

  private static Optional<JsonNode> json(OptionType type, YamlValue value) {
    if (value instanceof Sequence list && type instanceof OptionType.ListType many) {
      ArrayNode array = JSON.arrayNode();
      list.items().forEach(item -> json(many.element(), item).ifPresent(array::add));
      return Optional.of(array);
    }
    if (!(value instanceof Scalar scalar)) {
      return Optional.empty();
    }
    if (type instanceof OptionType.BooleanType) {
      return Optional.of(JSON.booleanNode(scalar.text().equals("true")));
    }
    if (type instanceof OptionType.IntegerType) {
      return Optional.of(JSON.numberNode(scalar.number().longValueExact()));
    }
    if (type instanceof OptionType.DecimalType) {
      return Optional.of(JSON.numberNode(scalar.number()));
    }
    return Optional.of(JSON.textNode(scalar.text()));
  }
}
