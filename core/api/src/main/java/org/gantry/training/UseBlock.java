package org.gantry.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.export.ExportException;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptWriter.ScriptValue;
import org.gantry.export.ScriptableBlock;

/**
 * The networks behind one use as one block, such as a generator after the network that encodes its
 * condition. Its inputs are those of the use. It is written to files, and not evaluated here.
 */
final class UseBlock extends AbstractBlock implements ScriptableBlock {

  private final UseInputs use;
  private final List<GraphNode> order;

  /**
   * Creates the block.
   *
   * @param order the nodes of the graph, each after those that it reads
   * @throws ExportException if the output is computed by anything but networks
   */
  UseBlock(UseInputs use, List<GraphNode> order) {
    this.use = use;
    this.order = order;
    Map<String, NetworkRole> roles = new LinkedHashMap<>();
    for (GraphNode node : order) {
      if (!use.nodes().containsValue(node)) {
        NetworkRole role = node.network().orElseThrow(() -> refusal(node));
        roles.put(role.role(), role);
      }
    }
    roles.forEach((name, role) -> addChildBlock(name, role.block()));
  }

  private ExportException refusal(GraphNode node) {
    return new ExportException(
        "the use %s cannot be written as one module, because its node %s is not a network"
            .formatted(use.describe().name(), node.name()));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    throw new UnsupportedOperationException("a use is evaluated by the graph");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {use.outputNode().shape()};
  }

  @Override
  public List<ScriptValue> writeScript(ScriptWriter script, List<ScriptValue> inputs) {
    Map<GraphNode, List<ScriptValue>> values = new HashMap<>();
    List<GraphNode> sources = List.copyOf(use.nodes().values());
    for (int i = 0; i < sources.size(); i++) {
      values.put(sources.get(i), List.of(inputs.get(i)));
    }
    for (GraphNode node : order) {
      if (!values.containsKey(node)) {
        NetworkRole role = node.network().orElseThrow();
        List<ScriptValue> arguments =
            role.blockInputOrder().stream()
                .map(index -> node.arguments().get(index))
                .map(argument -> values.get(argument.node()).get(argument.index()))
                .toList();
        values.put(node, script.apply(role.block(), arguments));
      }
    }
    NodeOutput output = use.outputNode();
    return List.of(values.get(output.node()).get(output.index()));
  }
}
