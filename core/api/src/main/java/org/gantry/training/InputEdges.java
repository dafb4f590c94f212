package org.gantry.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;

/** The edges that enter networks, on which a finished graph has transforms, then packing. */
final class InputEdges {

  private final BuildContext context;
  private final FunctionNodes functions;

  InputEdges(BuildContext context, FunctionNodes functions) {
    this.context = context;
    this.functions = functions;
  }

  /** Inserts transforms and packing in front of every application of a network. */
  void insertTransforms(NetworkRole role) {
    List<String> ports = role.inputPorts();
    Map<String, Map<NodeOutput, NodeOutput>> inserted = new HashMap<>();
    for (GraphNode application : role.applications()) {
      List<NodeOutput> inputs = new ArrayList<>();
      for (int i = 0; i < ports.size(); i++) {
        String port = ports.get(i);
        Map<NodeOutput, NodeOutput> edges = inserted.computeIfAbsent(port, p -> new HashMap<>());
        NodeOutput input = application.arguments().get(i);
        if (!edges.containsKey(input)) {
          edges.put(input, pack(role, transform(role, port, input)));
        }
        inputs.add(edges.get(input));
      }
      application.replaceArguments(inputs);
    }
  }

  private NodeOutput transform(NetworkRole role, String port, NodeOutput input) {
    NodeOutput[] value = {input};
    for (NetworkRole.InputTransform transform : role.transforms()) {
      if (transform.port().equals(port)) {
        context.contribute(
            transform.contributor(),
            () -> {
              NodeOutput before = value[0];
              value[0] = (NodeOutput) transform.function().apply(before);
              if (!value[0].shape().equals(before.shape())) {
                throw new UnusableComponentException(
                    "it changes the input of the %s from shape %s to %s"
                        .formatted(role.role(), before.shape(), value[0].shape()));
              }
            });
      }
    }
    return value[0];
  }

  private NodeOutput pack(NetworkRole role, NodeOutput input) {
    NodeOutput[] value = {input};
    role.packing()
        .ifPresent(
            packing ->
                context.contribute(
                    packing.contributor(),
                    () ->
                        value[0] =
                            (NodeOutput)
                                functions.combine(
                                    "packed",
                                    arrays -> packing.join(arrays.get(0)),
                                    List.of(input))));
    return value[0];
  }
}
