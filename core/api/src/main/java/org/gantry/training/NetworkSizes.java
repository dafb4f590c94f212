package org.gantry.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** How large networks are, found by initialising them in a manager that is closed again. */
final class NetworkSizes {

  private NetworkSizes() {}

  static List<StepPlan.NetworkSize> of(TrainingGraph graph) {
    List<StepPlan.NetworkSize> sizes = new ArrayList<>();
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      for (NetworkRole role : graph.networks()) {
        role.block().initialize(manager, DataType.FLOAT32, role.inputShapes());
        sizes.add(
            new StepPlan.NetworkSize(
                role.role(),
                role.player(),
                role.origin(),
                parameters(role.block()),
                flops(role.block())));
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
      return block.getChildren().values().stream().mapToLong(NetworkSizes::flops).sum();
    }
    Shape[] inputs = block.getInputShapes();
    Shape output = block.getOutputShapes(inputs)[0];
    return block.getDirectParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(p -> 2 * p.getShape().size() * positions(p.getShape(), inputs[0], output))
        .sum();
  }

  /**
   * How often a weight is used: once a sample in a matrix; in a convolution once a sample and
   * position of the smaller map, which is the output's when it strides and the input's when it is
   * transposed.
   */
  private static long positions(Shape weight, Shape input, Shape output) {
    long batch = input.get(0);
    return weight.dimension() <= 2 ? batch : batch * Math.min(spatial(input), spatial(output));
  }

  private static long spatial(Shape shape) {
    return LongStream.of(shape.getShape()).skip(2).reduce(1, (a, b) -> a * b);
  }
}
