package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.prior.Prior;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.FloatArrays;
import org.gantry.training.GraphNode.NodeOperation;
import org.gantry.training.GraphNode.NodeOutput;

/**
 * Evaluates the vertices of one session's graph, each from the values of those before it. Random
 * draws come from the graph's clock, which the caller sets.
 */
final class Evaluator {

  /**
   * When a vertex is evaluated.
   *
   * @param step the steps that are done, which schedules follow
   * @param batch the number of the batch, of data and of codes
   * @param carried the carried scalars
   */
  record Moment(long step, long batch, Map<CarriedState, Double> carried) {

    Moment at(long other) {
      return new Moment(step, other, carried);
    }
  }

  private final TrainingGraph graph;
  private final Map<NetworkRole, NetworkWeights> weights;
  private final Autograd autograd;
  private final Map<String, BatchReader> batches = new HashMap<>();

  Evaluator(TrainingGraph graph, Map<NetworkRole, NetworkWeights> weights, Autograd autograd) {
    this.graph = graph;
    this.weights = weights;
    this.autograd = autograd;
  }

  /** Evaluates anything but a network. */
  NDList evaluate(
      GraphNode vertex, Moment moment, Map<GraphNode, NDList> values, NDManager manager) {
    NodeOperation work = vertex.work;
    Shape shape = vertex.shapes.get(0);
    if (work instanceof NodeOperation.DataField data) {
      return new NDList(batches(data.draw()).read(manager, data.field(), moment.batch()));
    } else if (work instanceof NodeOperation.LatentCodes latent) {
      RandomGenerator random =
          graph.clock().streams().at("latent/" + latent.name(), moment.batch());
      return new NDList(FloatArrays.fill(manager, shape, codes -> prior().draw(random, codes)));
    } else if (work instanceof NodeOperation.NoiseDraw noise) {
      return new NDList(
          noise.normal()
              ? noise.stream().normal(manager, shape)
              : noise.stream().uniform(manager, shape));
    } else if (work instanceof NodeOperation.ScheduledScalar scheduled) {
      return new NDList(
          manager.create(
              (float) scheduled.schedule().at(moment.step(), graph.composition().steps())));
    } else if (work instanceof NodeOperation.CarriedScalar state) {
      return new NDList(manager.create((float) (double) moment.carried().get(state.state())));
    } else if (work instanceof NodeOperation.WeightFunction of) {
      NDList parameters = new NDList();
      for (NDArray parameter : weights.get(of.role()).trainable()) {
        NDArray view = parameter.reshape(parameter.getShape());
        view.attach(manager);
        parameters.add(view);
      }
      return new NDList(of.function().apply(parameters));
    } else if (work instanceof NodeOperation.SignalFunction compute) {
      return new NDList(compute.function().apply(inputs(vertex, values)));
    }
    NDList ends = inputs(vertex, values);
    Autograd.setRecording(true);
    return new NDList(autograd.gradient(ends.get(0), ends.get(1)));
  }

  /** What a vertex takes, out of what has been evaluated. */
  static NDList inputs(GraphNode vertex, Map<GraphNode, NDList> values) {
    NDList inputs = new NDList();
    for (NodeOutput input : vertex.inputs()) {
      inputs.add(values.get(input.vertex()).get(input.output()));
    }
    return inputs;
  }

  /** Applies a network to its inputs, which are in the order of its ports. */
  static NDList apply(NetworkRole role, NDList inputs, ParameterStore store, boolean training) {
    NDList ordered = new NDList();
    role.order().forEach(i -> ordered.add(inputs.get(i)));
    return role.block().forward(store, ordered, training);
  }

  private BatchReader batches(String draw) {
    return batches.computeIfAbsent(
        draw,
        d ->
            new BatchReader(
                graph.dataset(d), d, graph.composition().batch(), graph.clock().streams()));
  }

  private Prior prior() {
    return graph.composition().prior().component();
  }
}
