package org.gantry.drawing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.gantry.host.support.JsonText;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/** Writes a training graph as JSON. */
final class GraphJsonWriter {

  private GraphJsonWriter() {}

  static String of(GraphDrawing drawing) {
    List<Object> edges = new ArrayList<>();
    for (Node node : drawing.nodes()) {
      for (int input : new LinkedHashSet<>(node.inputs())) {
        edges.add(JsonText.object("from", input, "to", node.id()));
      }
    }
    List<Map<String, Object>> nodes = drawing.nodes().stream().map(GraphJsonWriter::node).toList();
    return JsonText.of(JsonText.object("recipe", drawing.title(), "nodes", nodes, "edges", edges))
        + "\n";
  }

  private static Map<String, Object> node(Node node) {
    Map<String, Object> json =
        JsonText.object("id", node.id(), "type", NodeLabels.typeName(node), "name", node.name());
    if (!node.role().isEmpty()) {
      json.put(node.type() == NodeType.TERM ? "player" : "role", node.role());
    }
    if (node.type() == NodeType.TERM) {
      json.put("weight", node.weight());
    }
    List<Object> outputs = new ArrayList<>();
    for (int i = 0; i < node.shapes().size(); i++) {
      Map<String, Object> output = JsonText.object();
      if (i < node.ports().size()) {
        output.put("port", node.ports().get(i));
      }
      output.put("shape", Arrays.stream(node.shapes().get(i).getShape()).boxed().toList());
      outputs.add(output);
    }
    json.put("outputs", outputs);
    json.put("contributor", origin(node.contributor()));
    return json;
  }

  private static Map<String, Object> origin(ComponentOrigin origin) {
    Map<String, Object> json =
        JsonText.object(
            "component", origin.label(),
            "version", origin.version(),
            "bundle", origin.bundle(),
            "where", origin.where());
    if (!origin.parts().isEmpty()) {
      Map<String, Object> parts = JsonText.object();
      origin.parts().forEach((path, part) -> parts.put(path, origin(part)));
      json.put("parts", parts);
    }
    return json;
  }
}
