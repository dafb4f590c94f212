package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.graph.Schedule;
import org.gantry.prior.Prior;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.FloatArrays;

/** One evaluation of nodes: its mode, its batch, and the values so far. */
final class EvaluationPass {

  private final Evaluator evaluator;
  private final SessionState state;
  private final Evaluator.EvaluationMode mode;
  private final ParameterStore parameters;
  private final long batch;
  private final NDManager manager;
  private final Map<GraphNode, NDList> values = new HashMap<>();
  private GraphNode calibrated;

  EvaluationPass(
      Evaluator evaluator,
      Evaluator.EvaluationMode mode,
      ParameterStore parameters,
      long batch,
      NDManager manager) {
    this.evaluator = evaluator;
    this.state = evaluator.state();
    this.mode = mode;
    this.parameters = parameters;
    this.batch = batch;
    this.manager = manager;
  }

  /** Names the application whose network is calibrated. */
  void calibrate(GraphNode application) {
    calibrated = application;
  }

  /**
   * Evaluates a node of a phase, or takes its value over from an earlier phase, as planned.
   *
   * @param earlier the passes of the step's earlier phases
   */
  void execute(PhaseNode planned, List<EvaluationPass> earlier) {
    GraphNode node = planned.graphNode();
    NDList value;
    if (planned.reused()) {
      value = earlier.get(planned.source()).values.get(node);
    } else {
      Autograd.setRecording(planned.recorded());
      node.network().ifPresent(r -> state.weights(r).requireGradient(planned.trained()));
      value = node.operation().evaluate(node, this);
    }
    if (planned.leaf()) {
      value.forEach(v -> v.setRequiresGradient(true));
    }
    values.put(node, value);
  }

  /** Evaluates a node unless it already has a value; the nodes that it reads must have values. */
  void evaluate(GraphNode node) {
    if (!values.containsKey(node)) {
      NDList value = node.operation().evaluate(node, this);
      value.attach(manager);
      values.put(node, value);
    }
  }

  /** Sets all outputs of a node, instead of evaluating it. */
  void give(GraphNode node, NDList outputs) {
    values.put(node, outputs);
  }

  /** All outputs of a node. */
  NDList values(GraphNode node) {
    return values.get(node);
  }

  NDArray value(NodeOutput output) {
    return values.get(output.node()).get(output.index());
  }

  /** The values that a node reads, in order. */
  NDList arguments(GraphNode node) {
    NDList arguments = new NDList();
    for (NodeOutput argument : node.arguments()) {
      arguments.add(value(argument));
    }
    return arguments;
  }

  /** Owns the values. */
  NDManager manager() {
    return manager;
  }

  /** The parameters that networks use. */
  ParameterStore parameters() {
    return parameters;
  }

  /** Whether the network that the node applies is in training mode. */
  boolean isInTrainingMode(GraphNode node) {
    return switch (mode) {
      case TRAINING -> node.network().filter(NetworkRole::isFrozen).isEmpty();
      case INFERENCE -> false;
      case CALIBRATION -> node == calibrated;
    };
  }

  NDArray readBatch(NodeOperation.BatchField source) {
    BatchReader reader = evaluator.reader(source.draw(), source.batch());
    return source.mismatched()
        ? reader.readMismatched(manager, source.field(), batch)
        : reader.read(manager, source.field(), batch);
  }

  NDArray drawCodes(String name, Shape shape) {
    TrainingGraph graph = state.graph();
    Prior prior = graph.composition().prior().component();
    RandomGenerator random = graph.clock().streams().at("latent/" + name, batch);
    return FloatArrays.fill(
        manager, shape, codes -> evaluator.shard().draw(codes, all -> prior.draw(random, all)));
  }

  double valueOf(Schedule schedule) {
    return schedule.at(state.completedSteps(), state.graph().composition().steps());
  }

  double valueOf(GraphScalarState scalar) {
    return state.carried(scalar);
  }

  /** A view of a carried array. */
  NDArray valueOf(GraphTensorState array) {
    NDArray carried = state.carried(array);
    NDArray view = carried.reshape(carried.getShape());
    view.attach(manager);
    return view;
  }

  /** Views of a network's trainable parameters, which belong to this pass. */
  NDList weights(NetworkRole role) {
    NDList views = new NDList();
    for (NDArray parameter : state.weights(role).trainable()) {
      NDArray view = parameter.reshape(parameter.getShape());
      view.attach(manager);
      views.add(view);
    }
    return views;
  }

  /** The gradient of the output's sum with respect to the input, itself recorded. */
  NDArray gradient(NDArray output, NDArray input) {
    boolean recording = Autograd.setRecording(true);
    try {
      return evaluator.autograd().gradient(output, input);
    } finally {
      Autograd.setRecording(recording);
    }
  }
}
