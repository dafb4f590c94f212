package org.gantry.recipes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.gantry.recipes.internal.options.OptionDeclaration;
import org.gantry.recipes.internal.options.OptionLimits;
import org.gantry.recipes.internal.options.OptionType;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/** The JSON schema of options, with their ranges, defaults and documentation. */
final class OptionSchema {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private OptionSchema() {}

  /** Returns the schema of the options of a record. */
  static ObjectNode options(Class<? extends Record> type) {
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
    if (type instanceof OptionType.ComponentType component) {
      return RecipeSchema.reference(component.kind());
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
