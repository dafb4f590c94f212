package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gantry.graph.Schedule;
import org.gantry.graph.Signal;
import org.gantry.tensor.RandomStream;

/** A place in the graph where values arise. Identity is what tells vertices apart. */
final class GraphNode {

  /** How the values arise. */
  sealed interface NodeOperation {

    /** A field of a batch. */
    record DataField(String field, String draw) implements NodeOperation {}

    /** Codes from the prior. */
    record LatentCodes(String name) implements NodeOperation {}

    /** Noise that differs in every phase. */
    record NoiseDraw(RandomStream stream, boolean normal) implements NodeOperation {}

    /** A scalar that depends on the step alone. */
    record ScheduledScalar(Schedule schedule) implements NodeOperation {}

    /** A scalar carried from step to step. */
    record CarriedScalar(CarriedState state) implements NodeOperation {}

    /** An application of a network. */
    record NetworkCall(NetworkRole role) implements NodeOperation {}

    /** A function of a network's trainable parameters. */
    record WeightFunction(NetworkRole role, Function<NDList, NDArray> function)
        implements NodeOperation {}

    /** A function. */
    record SignalFunction(Function<List<NDArray>, NDArray> function) implements NodeOperation {}

    /** The gradient of the first input's sum with respect to the second input. */
    record SignalGradient() implements NodeOperation {}
  }

  /** One output of a vertex: what plugins hold as a signal. */
  record NodeOutput(GraphNode vertex, int output) implements Signal {

    @Override
    public String name() {
      return vertex.work instanceof NodeOperation.NetworkCall apply
              && apply.role().ports().size() > 1
          ? vertex.name + "." + apply.role().ports().get(output)
          : vertex.name;
    }

    @Override
    public Shape shape() {
      return vertex.shapes.get(output);
    }

    @Override
    public String toString() {
      return name() + " " + shape();
    }
  }

  final String name;
  final NodeOperation work;
  final List<Shape> shapes;
  final ComponentOrigin contributor;

  /** Reassigned once, when transforms are put on the edges that enter networks. */
  private List<NodeOutput> inputs;

  GraphNode(
      String name,
      NodeOperation work,
      List<NodeOutput> inputs,
      List<Shape> shapes,
      ComponentOrigin contributor) {
    this.name = name;
    this.work = work;
    this.inputs = List.copyOf(inputs);
    this.shapes = List.copyOf(shapes);
    this.contributor = contributor;
  }

  /** The network whose parameters the vertex itself uses, if any. */
  Optional<NetworkRole> network() {
    if (work instanceof NodeOperation.NetworkCall apply) {
      return Optional.of(apply.role());
    }
    return work instanceof NodeOperation.WeightFunction weights
        ? Optional.of(weights.role())
        : Optional.empty();
  }

  List<NodeOutput> inputs() {
    return inputs;
  }

  void rewire(List<NodeOutput> inputs) {
    this.inputs = List.copyOf(inputs);
  }

  NodeOutput value(int output) {
    return new NodeOutput(this, output);
  }

  @Override
  public String toString() {
    return name;
  }
}
