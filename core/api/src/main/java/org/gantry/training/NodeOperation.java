package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Schedule;
import org.gantry.tensor.RandomStream;

/** How the value of a node is computed. */
sealed interface NodeOperation {

  /** What a node of this operation is. */
  NodeType type();

  /**
   * Evaluates a node.
   *
   * @param node a node of this operation
   * @param pass holds the values of the nodes that it reads
   * @return one array for each output
   */
  NDList evaluate(GraphNode node, EvaluationPass pass);

  /** The network whose parameters the operation uses, if any. */
  default Optional<NetworkRole> network() {
    return Optional.empty();
  }

  /** The names of the outputs of a network; empty for any other operation. */
  default List<String> ports() {
    return List.of();
  }

  /**
   * What each output is.
   *
   * @param arguments what a node of this operation reads
   * @param shapes the shapes of its outputs
   */
  default List<ValueType> types(List<NodeOutput> arguments, List<Shape> shapes) {
    return Collections.nCopies(shapes.size(), ValueType.OTHER);
  }

  /** The role of a network, or the player of a term; empty for any other operation. */
  default String role() {
    return "";
  }

  /** The weight of a term; 1 for any other operation. */
  default double weight() {
    return 1;
  }

  /** Whether every phase needs a value of its own. */
  default boolean drawsInEachPhase() {
    return false;
  }

  /** Whether the value changes with the number of the batch. */
  default boolean dependsOnBatch() {
    return false;
  }

  /**
   * A field of a batch of the data set that the draw reads.
   *
   * @param batch the number of samples
   * @param mismatched whether the values are those of other samples, and differ from the batch's
   */
  record BatchField(DatasetField field, String draw, int batch, boolean mismatched)
      implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.DATA;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      return new NDList(pass.readBatch(this));
    }

    @Override
    public List<ValueType> types(List<NodeOutput> arguments, List<Shape> shapes) {
      return List.of(field.type());
    }

    @Override
    public boolean dependsOnBatch() {
      return true;
    }
  }

  /** A batch of codes from the prior. */
  record LatentSource(String name, int batch) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.NOISE;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      return new NDList(pass.drawCodes(name, node.shapes().get(0)));
    }

    @Override
    public List<ValueType> types(List<NodeOutput> arguments, List<Shape> shapes) {
      return List.of(ValueType.CODE);
    }

    @Override
    public boolean dependsOnBatch() {
      return true;
    }
  }

  /** Noise that differs in every phase: standard normal, or uniform in [0, 1). */
  record NoiseDraw(RandomStream stream, boolean normal) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.NOISE;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      NDManager manager = pass.manager();
      Shape shape = node.shapes().get(0);
      return new NDList(normal ? stream.normal(manager, shape) : stream.uniform(manager, shape));
    }

    @Override
    public List<ValueType> types(List<NodeOutput> arguments, List<Shape> shapes) {
      return List.of(ValueType.CODE);
    }

    @Override
    public boolean drawsInEachPhase() {
      return true;
    }
  }

  /** A scalar that depends on the step alone. */
  record ScheduledScalar(Schedule schedule) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.SCALAR;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      return new NDList(pass.manager().create((float) pass.valueOf(schedule)));
    }
  }

  /** A scalar that the training carries from step to step. */
  record StateScalar(GraphScalarState state) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.SCALAR;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      return new NDList(pass.manager().create((float) pass.valueOf(state)));
    }
  }

  /** An array that the training carries from step to step. */
  record StateArray(GraphTensorState state) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.STATE;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      return new NDList(pass.valueOf(state));
    }
  }

  /** A value under another type. */
  record TypedValue(ValueType valueType) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.FUNCTION;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      NDArray value = pass.arguments(node).get(0);
      return new NDList(value.reshape(value.getShape()));
    }

    @Override
    public List<ValueType> types(List<NodeOutput> arguments, List<Shape> shapes) {
      return List.of(valueType);
    }
  }

  /** An application of a network. */
  record NetworkCall(NetworkRole applied) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.NETWORK;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      return applied.forward(pass.parameters(), pass.arguments(node), pass.isInTrainingMode(node));
    }

    @Override
    public Optional<NetworkRole> network() {
      return Optional.of(applied);
    }

    @Override
    public List<String> ports() {
      return applied.outputPorts();
    }

    @Override
    public List<ValueType> types(List<NodeOutput> arguments, List<Shape> shapes) {
      return applied.portTypes();
    }

    @Override
    public String role() {
      return applied.role();
    }
  }

  /** A function of a network's trainable parameters. */
  record WeightFunction(NetworkRole weighed, Function<NDList, NDArray> function)
      implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.FUNCTION;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      return new NDList(function.apply(pass.weights(weighed)));
    }

    @Override
    public Optional<NetworkRole> network() {
      return Optional.of(weighed);
    }
  }

  /** A function of signals. */
  record SignalFunction(Function<List<NDArray>, NDArray> function) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.FUNCTION;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      return new NDList(function.apply(pass.arguments(node)));
    }

    @Override
    public List<ValueType> types(List<NodeOutput> arguments, List<Shape> shapes) {
      if (arguments.isEmpty()) {
        return List.of(ValueType.OTHER);
      }
      if (arguments.get(0).shape().equals(shapes.get(0))) {
        return List.of(arguments.get(0).type());
      }
      boolean condition = arguments.stream().allMatch(a -> a.type().isCondition());
      return List.of(condition ? ValueType.CONDITION : ValueType.OTHER);
    }
  }

  /** The gradient of the sum of the first argument with respect to the second. */
  record SignalGradient() implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.GRADIENT;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      NDList ends = pass.arguments(node);
      return new NDList(pass.gradient(ends.get(0), ends.get(1)));
    }
  }

  /** A weighted scalar that a player minimises. */
  record WeightedTerm(String player, double weight) implements NodeOperation {

    @Override
    public NodeType type() {
      return NodeType.TERM;
    }

    @Override
    public NDList evaluate(GraphNode node, EvaluationPass pass) {
      NDArray value = pass.arguments(node).get(0);
      return new NDList(weight == 1 ? value : value.mul((float) weight));
    }

    @Override
    public String role() {
      return player;
    }
  }
}
