package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;

/**
 * Evaluates the nodes of one session's graph, in one of three modes. Each mode has random draws of
 * its own, so that neither inference nor calibration moves the training.
 */
final class Evaluator {

  /** What nodes are evaluated for. */
  enum EvaluationMode {
    /** A phase of a training step: networks are in training mode. */
    TRAINING,
    /** Networks are in inference mode. */
    INFERENCE,
    /** The calibrated network is in training mode, and the others are in inference mode. */
    CALIBRATION
  }

  /** The step at which streams stand during calibration; the position within it is the batch. */
  private static final int CALIBRATION_STREAM = -1;

  /** The step at which streams stand during inference; the position within it is the step. */
  private static final int INFERENCE_STREAM = -2;

  /** The step at which streams stand during sampling; the position within it is the application. */
  private static final int SAMPLING_STREAM = -3;

  private final TrainingGraph graph;
  private final SessionState state;
  private final Autograd autograd;
  private final int drawsPerStep;
  private final ParameterStore trainingParameters;
  private final WorkerShard shard;
  private final RandomStreams noise;
  private final Map<String, BatchReader> readers = new HashMap<>();

  Evaluator(SessionState state, Autograd autograd, int drawsPerStep, WorkerShard shard) {
    this.graph = state.graph();
    this.state = state;
    this.autograd = autograd;
    this.drawsPerStep = drawsPerStep;
    this.trainingParameters = NetworkWeights.trainingParameters(state.manager());
    this.shard = shard;
    this.noise = shard.noise(graph.clock().streams());
  }

  /** The parameters that train. */
  ParameterStore trainingParameters() {
    return trainingParameters;
  }

  /**
   * Begins a phase of the session's current step.
   *
   * @param index the number of the phase, which positions the random streams
   * @param manager owns the values
   */
  EvaluationPass beginPhase(StepPhase phase, int index, NDManager manager) {
    graph.clock().moveTo(noise, state.completedSteps(), index);
    return new EvaluationPass(
        this, EvaluationMode.TRAINING, trainingParameters, batch(phase.draw()), manager);
  }

  /**
   * Evaluates nodes on the batch of the current step, in inference mode.
   *
   * @param manager owns the values
   */
  EvaluationPass infer(List<GraphNode> nodes, ParameterStore parameters, NDManager manager) {
    graph.clock().moveTo(INFERENCE_STREAM, state.completedSteps());
    EvaluationPass pass =
        new EvaluationPass(this, EvaluationMode.INFERENCE, parameters, batch(0), manager);
    nodes.forEach(node -> evaluate(node, pass));
    return pass;
  }

  /**
   * Evaluates an output from given values, in inference mode.
   *
   * @param given all outputs of nodes, which replace what the nodes would read, draw or compute
   * @param manager owns the values
   */
  NDArray make(
      NodeOutput output,
      Map<GraphNode, NDList> given,
      ParameterStore parameters,
      NDManager manager) {
    EvaluationPass pass =
        new EvaluationPass(this, EvaluationMode.INFERENCE, parameters, batch(0), manager);
    given.forEach(pass::give);
    evaluate(output.node(), pass);
    return pass.value(output);
  }

  /**
   * Positions the random streams for sampling.
   *
   * @param streams keyed by the seed of the sampling
   * @param application the number of the evaluation
   */
  void moveToSampling(RandomStreams streams, long application) {
    graph.clock().moveTo(streams, SAMPLING_STREAM, application);
  }

  /**
   * Shows a network one batch of the training, which moves its running statistics.
   *
   * @param application the application of the network that gets the batch
   * @param batch the number of the batch
   */
  void calibrate(GraphNode application, long batch, ParameterStore parameters) {
    graph.clock().moveTo(CALIBRATION_STREAM, batch);
    try (NDManager scratch = state.manager().newSubManager()) {
      EvaluationPass pass =
          new EvaluationPass(this, EvaluationMode.CALIBRATION, parameters, batch, scratch);
      pass.calibrate(application);
      evaluate(application, pass);
    }
  }

  /** Evaluates a node and everything that it depends on, unless that is done already. */
  private void evaluate(GraphNode node, EvaluationPass pass) {
    Set<GraphNode> upstream = graph.dependencies().upstream(node);
    graph.sortedNodes().stream().filter(upstream::contains).forEach(pass::evaluate);
  }

  /** The number of a batch of the current step, which is the step's first plus a draw. */
  private long batch(int draw) {
    return state.completedSteps() * drawsPerStep + draw;
  }

  /** Reads the batches of a draw. */
  BatchReader reader(String draw, int batch) {
    return readers.computeIfAbsent(
        draw + "/" + batch,
        key -> new BatchReader(graph.dataset(draw), draw, batch, graph.clock().streams(), shard));
  }

  /** The worker's share of draws that all workers make together. */
  WorkerShard shard() {
    return shard;
  }

  SessionState state() {
    return state;
  }

  Autograd autograd() {
    return autograd;
  }
}
