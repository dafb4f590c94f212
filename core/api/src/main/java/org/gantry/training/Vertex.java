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
final class Vertex {

  /** How the values arise. */
  sealed interface Work {

    /** A field of a batch. */
    record Data(String field, String draw) implements Work {}

    /** Codes from the prior. */
    record Latent(String name) implements Work {}

    /** Noise that differs in every phase. */
    record Noise(RandomStream stream, boolean normal) implements Work {}

    /** A scalar that depends on the step alone. */
    record Scheduled(Schedule schedule) implements Work {}

    /** A scalar carried from step to step. */
    record Carried(CarriedState state) implements Work {}

    /** An application of a network. */
    record Apply(Role role) implements Work {}

    /** A function of a network's trainable parameters. */
    record OfWeights(Role role, Function<NDList, NDArray> function) implements Work {}

    /** A function. */
    record Compute(Function<List<NDArray>, NDArray> function) implements Work {}

    /** The gradient of the first input's sum with respect to the second input. */
    record Gradient() implements Work {}
  }

  /** One output of a vertex: what plugins hold as a signal. */
  record Value(Vertex vertex, int output) implements Signal {

    @Override
    public String name() {
      return vertex.work instanceof Work.Apply apply && apply.role().ports().size() > 1
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
  final Work work;
  final List<Shape> shapes;
  final Origin contributor;

  /** Reassigned once, when transforms are put on the edges that enter networks. */
  private List<Value> inputs;

  Vertex(String name, Work work, List<Value> inputs, List<Shape> shapes, Origin contributor) {
    this.name = name;
    this.work = work;
    this.inputs = List.copyOf(inputs);
    this.shapes = List.copyOf(shapes);
    this.contributor = contributor;
  }

  /** The network whose parameters the vertex itself uses, if any. */
  Optional<Role> network() {
    if (work instanceof Work.Apply apply) {
      return Optional.of(apply.role());
    }
    return work instanceof Work.OfWeights weights ? Optional.of(weights.role()) : Optional.empty();
  }

  List<Value> inputs() {
    return inputs;
  }

  void rewire(List<Value> inputs) {
    this.inputs = List.copyOf(inputs);
  }

  Value value(int output) {
    return new Value(this, output);
  }

  @Override
  public String toString() {
    return name;
  }
}
