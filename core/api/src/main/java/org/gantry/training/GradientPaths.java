package org.gantry.training;

import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gantry.layers.BatchCoupledBlock;

/**
 * The networks that lie between a signal and the signal that it is differentiated by. A layer there
 * that couples the samples of a batch mixes their gradients.
 */
final class GradientPaths {

  private final TrainingGraph graph;

  GradientPaths(TrainingGraph graph) {
    this.graph = graph;
  }

  /** One warning for each component that differentiates a network with such a layer. */
  List<CompositionWarning> warnings() {
    Set<CompositionWarning> warnings = new LinkedHashSet<>();
    for (GraphNode node : graph.sortedNodes()) {
      if (node.operation() instanceof NodeOperation.SignalGradient) {
        for (NetworkRole network : between(node.arguments().get(0), node.arguments().get(1))) {
          coupling(network.block()).ifPresent(l -> warnings.add(warning(node, network, l)));
        }
      }
    }
    return List.copyOf(warnings);
  }

  private static CompositionWarning warning(GraphNode node, NetworkRole network, String layer) {
    ComponentOrigin component = node.contributor();
    return new CompositionWarning(
        "%s uses the gradient of the %s at single samples, but its layer %s couples the samples of a"
                .formatted(component.label(), network.role(), layer)
            + " batch, so the gradients of all samples are mixed",
        "Use a layer that keeps samples apart, such as the normalisation 'layer' or 'instance' of %s."
            .formatted(network.origin().label()),
        component);
  }

  private static Set<NetworkRole> between(NodeOutput value, NodeOutput input) {
    Set<NetworkRole> networks = new LinkedHashSet<>();
    depends(value.node(), input.node(), new HashMap<>(), networks);
    return networks;
  }

  /** Whether a node depends on another one; adds the networks on the way. */
  private static boolean depends(
      GraphNode node, GraphNode input, Map<GraphNode, Boolean> known, Set<NetworkRole> networks) {
    if (node == input) {
      return true;
    }
    Boolean before = known.get(node);
    if (before != null) {
      return before;
    }
    boolean depends = false;
    for (NodeOutput argument : node.arguments()) {
      depends |= depends(argument.node(), input, known, networks);
    }
    known.put(node, depends);
    if (depends) {
      node.network().ifPresent(networks::add);
    }
    return depends;
  }

  /** The name of a layer that couples the samples of a batch. */
  private static Optional<String> coupling(Block block) {
    return layers(block)
        .filter(layer -> layer instanceof BatchCoupledBlock || layer instanceof BatchNorm)
        .map(layer -> layer.getClass().getSimpleName())
        .findFirst();
  }

  private static Stream<Block> layers(Block block) {
    List<Block> children = new ArrayList<>(block.getChildren().values());
    return Stream.concat(Stream.of(block), children.stream().flatMap(GradientPaths::layers));
  }
}
