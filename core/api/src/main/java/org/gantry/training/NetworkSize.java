package org.gantry.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.gantry.tensor.NativeEngine;

/**
 * The size of one network.
 *
 * @param role its role
 * @param player the player that updates it
 * @param origin its architecture
 * @param parameters the number of trainable numbers
 * @param flops an estimate of the floating-point operations of one forward pass over a batch: two
 *     for each multiply-add
 */
public record NetworkSize(
    String role, String player, ComponentOrigin origin, long parameters, long flops) {

  /** Measures the networks of a graph, which stays as it is. */
  static List<NetworkSize> measure(TrainingGraph graph) {
    // Wraps belong to a graph under construction, so wrapped networks need a graph of their own.
    boolean wrapped = graph.networks().stream().anyMatch(NetworkRole::isWrapped);
    TrainingGraph measured = wrapped ? TrainingGraph.build(graph.composition()) : graph;
    List<NetworkSize> sizes = new ArrayList<>();
    try (NDManager manager = NativeEngine.newManager()) {
      for (NetworkRole role : measured.networks()) {
        Block block = wrapped ? role.block() : role.newBlock();
        ParameterShapes.infer(block, manager, role.inputShapes());
        sizes.add(
            new NetworkSize(
                role.role(), role.player(), role.origin(), parameters(block), flops(block)));
      }
    }
    return sizes;
  }

  private static long parameters(Block block) {
    return block.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(p -> p.getShape().size())
        .sum();
  }

  private static long flops(Block block) {
    if (!block.getChildren().isEmpty()) {
      return block.getChildren().values().stream().mapToLong(NetworkSize::flops).sum();
    }
    Shape[] inputs = block.getInputShapes();
    Shape output = block.getOutputShapes(inputs)[0];
    return block.getDirectParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(p -> 2 * p.getShape().size() * uses(p.getShape(), inputs[0], output))
        .sum();
  }

  /**
   * How often a pass uses each element of a weight. A matrix uses it once a sample. A convolution
   * uses it once a sample and position of the smaller map: the output's when it strides, the
   * input's when it is transposed.
   */
  private static long uses(Shape weight, Shape input, Shape output) {
    long batch = input.get(0);
    return weight.dimension() <= 2 ? batch : batch * Math.min(positions(input), positions(output));
  }

  private static long positions(Shape shape) {
    return LongStream.of(shape.getShape()).skip(2).reduce(1, (a, b) -> a * b);
  }
}
