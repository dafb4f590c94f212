package org.gantry.drawing;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Node;

/** The graph as JSON. */
final class GraphJsonWriter {

  private GraphJsonWriter() {}

  static String of(GraphDrawing drawing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeStringField("recipe", drawing.title());
      out.writeArrayFieldStart("nodes");
      for (Node node : drawing.nodes()) {
        node(node, out);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("edges");
      for (Node node : drawing.nodes()) {
        for (int input : new LinkedHashSet<>(node.inputs())) {
          out.writeStartObject();
          out.writeNumberField("from", input);
          out.writeNumberField("to", node.id());
          out.writeEndObject();
        }
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void node(Node node, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("id", node.id());
    out.writeStringField("type", NodeLabels.typeName(node));
    out.writeStringField("name", node.name());
    if (!node.role().isEmpty()) {
      out.writeStringField(node.type() == Node.NodeType.TERM ? "player" : "role", node.role());
    }
    if (node.type() == Node.NodeType.TERM) {
      out.writeNumberField("weight", node.weight());
    }
    out.writeArrayFieldStart("outputs");
    for (int i = 0; i < node.shapes().size(); i++) {
      out.writeStartObject();
      if (i < node.ports().size()) {
        out.writeStringField("port", node.ports().get(i));
      }
      shape(node.shapes().get(i), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    origin(node.contributor(), out);
    out.writeEndObject();
  }

  private static void shape(Shape shape, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("shape");
    for (long dimension : shape.getShape()) {
      out.writeNumber(dimension);
    }
    out.writeEndArray();
  }

  private static void origin(ComponentOrigin origin, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("contributor");
    out.writeStringField("component", origin.label());
    out.writeStringField("version", origin.version());
    out.writeStringField("bundle", origin.bundle());
    out.writeStringField("where", origin.where());
    out.writeEndObject();
  }
}
