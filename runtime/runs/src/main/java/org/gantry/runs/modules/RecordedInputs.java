package org.gantry.runs.modules;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;

/**
 * The inputs of an exported use, with their types, ranges and class names, as JSON in the file.
 *
 * @param inputs the inputs, in the order of the module's arguments
 */
public record RecordedInputs(List<ModelInput> inputs) {

  /** Copies the list. */
  public RecordedInputs {
    inputs = List.copyOf(inputs);
  }

  static RecordedInputs of(ModelUse use) {
    return new RecordedInputs(use.inputs());
  }

  String format() {
    ObjectNode root = JsonFiles.object();
    ArrayNode array = root.putArray("inputs");
    for (ModelInput input : inputs) {
      DatasetField field = input.field();
      ObjectNode node = array.addObject();
      node.put("name", input.name());
      node.put("type", field.type().name());
      node.put("fromData", input.fromData());
      node.put("low", field.low());
      node.put("high", field.high());
      ArrayNode shape = node.putArray("shape");
      for (long length : field.shape().getShape()) {
        shape.add(length);
      }
      ArrayNode names = node.putArray("classNames");
      field.classNames().forEach(names::add);
    }
    return JsonFiles.text(root);
  }

  /**
   * Parses the text of {@link #format}.
   *
   * @throws NumberFormatException if the text is not of this form
   */
  static RecordedInputs parse(String text) {
    try {
      List<ModelInput> inputs = new ArrayList<>();
      for (JsonNode node : JsonFiles.parse(text.getBytes(StandardCharsets.UTF_8)).path("inputs")) {
        inputs.add(input(node));
      }
      return new RecordedInputs(inputs);
    } catch (IOException | IllegalArgumentException e) {
      NumberFormatException damaged =
          new NumberFormatException("its inputs are not a list of fields: " + e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static ModelInput input(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.path("classNames").forEach(name -> names.add(name.asText()));
    List<Long> lengths = new ArrayList<>();
    node.path("shape").forEach(length -> lengths.add(length.asLong()));
    return new ModelInput(
        node.path("name").asText(),
        new DatasetField(
            node.path("name").asText(),
            ValueType.valueOf(node.path("type").asText()),
            new Shape(lengths),
            node.path("low").asDouble(),
            node.path("high").asDouble(),
            names),
        node.path("fromData").asBoolean());
  }
}
