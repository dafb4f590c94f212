package org.gantry.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gantry.export.NetworkExport;
import org.gantry.export.NetworkPort;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.watchdog.SampleBatch;

/** A session's networks in inference. Nothing here moves the training. */
final class InferenceView {

  /** After so many batches nothing is left of earlier running statistics, at the usual momentum. */
  private static final int CALIBRATION_BATCHES = 40;

  private final TrainingGraph graph;
  private final SessionState state;
  private final Evaluator evaluator;

  /** The calibrated parameters of the current step, once they were asked for. */
  private Optional<ParameterStore> calibrated = Optional.empty();

  InferenceView(SessionState state, Evaluator evaluator) {
    this.graph = state.graph();
    this.state = state;
    this.evaluator = evaluator;
  }

  /** See {@link Session#trainedModel}. */
  TrainedModel trainedModel(NDManager manager, long seed) {
    return new TrainedNetworks(graph, evaluator, calibratedParameters(), manager, seed);
  }

  /** See {@link Session#samples}. */
  List<SampleBatch> samples(NDManager manager) {
    Map<String, SampleBatch> samples = new LinkedHashMap<>();
    boolean recording = Autograd.setRecording(false);
    try {
      ParameterStore parameters = currentParameters();
      for (AdversarialPair pair : graph.pairs()) {
        for (FakeExample fake : pair.fakes()) {
          NodeOutput made = (NodeOutput) fake.example().signals().get(0);
          NodeOutput real = (NodeOutput) pair.real().signals().get(0);
          String role = made.node().role();
          if (isComparable(made, real) && !samples.containsKey(role)) {
            EvaluationPass pass =
                evaluator.infer(List.of(made.node(), real.node()), parameters, manager);
            samples.put(
                role,
                new SampleBatch(state.completedSteps(), role, pass.value(made), pass.value(real)));
          }
        }
      }
      return List.copyOf(samples.values());
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** Whether a network makes several samples of the shape of real data. */
  private static boolean isComparable(NodeOutput made, NodeOutput real) {
    return made.node().type() == NodeType.NETWORK
        && real.node().type() == NodeType.DATA
        && made.shape().equals(real.shape())
        && made.shape().get(0) > 1;
  }

  /**
   * The weights that train, because they show problems first. Where running statistics mix several
   * inputs, the calibrated parameters instead, because mixed statistics would distort the samples.
   */
  private ParameterStore currentParameters() {
    return state.weights().stream().anyMatch(NetworkWeights::mixesStatistics)
        ? calibratedParameters()
        : evaluator.trainingParameters();
  }

  /** See {@link Session#export}. */
  NetworkExport export(String name) {
    NetworkRole role = graph.network(name);
    ParameterStore parameters = calibratedParameters();
    ComponentOrigin origin = role.origin();
    return new NetworkExport(
        "the %s (%s of %s)".formatted(name, origin.label(), origin.bundle()),
        role.block(),
        ports(role.blockInputs(), role.inputShapes()),
        ports(role.outputPorts(), role.block().getOutputShapes(role.inputShapes())),
        parameter -> parameters.getValue(parameter, state.manager().getDevice(), false));
  }

  /** See {@link Session#exportUse}. */
  NetworkExport exportUse(String name) {
    UseInputs use = new UseInputs(graph, graph.use(name));
    Set<GraphNode> upstream = graph.dependencies().upstream(use.outputNode().node());
    List<GraphNode> order = graph.sortedNodes().stream().filter(upstream::contains).toList();
    ParameterStore parameters = calibratedParameters();
    ModelUse described = use.describe();
    return new NetworkExport(
        "the use " + name,
        new UseBlock(use, order),
        described.inputs().stream().map(i -> new NetworkPort(i.name(), i.field().shape())).toList(),
        List.of(new NetworkPort(described.output().name(), use.outputNode().shape().slice(1))),
        parameter -> parameters.getValue(parameter, state.manager().getDevice(), false));
  }

  private static List<NetworkPort> ports(List<String> names, Shape[] shapes) {
    List<NetworkPort> ports = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      ports.add(new NetworkPort(names.get(i), shapes[i].slice(1)));
    }
    return ports;
  }

  /** Forgets what was computed of the weights, because they change. */
  void weightsChange() {
    calibrated = Optional.empty();
  }

  /** Averaged weights, where there are any, with running statistics that match them. */
  private ParameterStore calibratedParameters() {
    if (calibrated.isEmpty()) {
      calibrated = Optional.of(calibrate());
    }
    return calibrated.get();
  }

  private ParameterStore calibrate() {
    ParameterStore parameters =
        NetworkWeights.inferenceParameters(state.manager(), state.weights());
    boolean recording = Autograd.setRecording(false);
    try {
      for (NetworkWeights network : state.weights()) {
        if (!network.statistics().isEmpty()) {
          state.inPlace().copy(network.statistics(), network.buffers());
          GraphNode application = directApplication(network.role());
          for (int batch = 0; batch < CALIBRATION_BATCHES; batch++) {
            evaluator.calibrate(application, batch, parameters);
          }
        }
      }
    } finally {
      Autograd.setRecording(recording);
    }
    return parameters;
  }

  /** The application whose inputs come from no other network, such as codes from the prior. */
  private GraphNode directApplication(NetworkRole role) {
    List<GraphNode> applications = role.applications();
    return applications.stream()
        .filter(
            a ->
                graph.dependencies().upstream(a).stream()
                    .noneMatch(n -> n != a && n.type() == NodeType.NETWORK))
        .findFirst()
        .orElse(applications.get(0));
  }
}
