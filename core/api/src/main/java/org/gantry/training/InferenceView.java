package org.gantry.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.export.NetworkExport;
import org.gantry.export.NetworkPort;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.InPlaceCopy;
import org.gantry.training.Evaluator.Moment;
import org.gantry.training.GraphNode.NodeOperation;
import org.gantry.training.GraphNode.NodeOutput;
import org.gantry.watchdog.SampleBatch;

/** What a session's networks are used for beside training; nothing here moves the training. */
final class InferenceView {

  /** Batches after which nothing is left of earlier running statistics, at the usual momentum. */
  private static final int CALIBRATION = 40;

  private final TrainingGraph graph;
  private final Map<NetworkRole, NetworkWeights> weights;
  private final ParameterStore training;
  private final Evaluator evaluator;
  private final InPlaceCopy inPlace;
  private final NDManager root;

  InferenceView(
      TrainingGraph graph,
      Map<NetworkRole, NetworkWeights> weights,
      ParameterStore training,
      Evaluator evaluator,
      InPlaceCopy inPlace,
      NDManager root) {
    this.graph = graph;
    this.weights = weights;
    this.training = training;
    this.evaluator = evaluator;
    this.inPlace = inPlace;
    this.root = root;
  }

  /** See {@link Session#samples}. */
  List<SampleBatch> samples(Moment moment, NDManager manager) {
    Map<String, SampleBatch> samples = new LinkedHashMap<>();
    boolean recording = Autograd.setRecording(false);
    try {
      ParameterStore store = looked(moment);
      // After the store, for statistics that are renewed move the clock too.
      graph.clock().moveTo(-2, moment.step());
      for (AdversarialPair pair : graph.pairs()) {
        for (FakeExample fake : pair.fakes()) {
          NodeOutput made = (NodeOutput) fake.example().signals().get(0);
          NodeOutput real = (NodeOutput) pair.real().signals().get(0);
          if (made.vertex().work instanceof NodeOperation.NetworkCall apply
              && real.vertex().work instanceof NodeOperation.DataField
              && made.shape().equals(real.shape())
              && made.shape().get(0) > 1
              && !samples.containsKey(apply.role().role())) {
            Map<GraphNode, NDList> values =
                inferred(List.of(made.vertex(), real.vertex()), store, moment, manager);
            samples.put(
                apply.role().role(),
                new SampleBatch(
                    moment.step(),
                    apply.role().role(),
                    values.get(made.vertex()).get(made.output()),
                    values.get(real.vertex()).get(real.output())));
          }
        }
      }
      return List.copyOf(samples.values());
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** Weights that train show trouble first; statistics that suit nothing would show it wrongly. */
  private ParameterStore looked(Moment moment) {
    return weights.values().stream().anyMatch(NetworkWeights::mixed) ? store(moment) : training;
  }

  /** What vertices give when nothing trains. */
  private Map<GraphNode, NDList> inferred(
      List<GraphNode> wanted, ParameterStore store, Moment moment, NDManager manager) {
    Map<GraphNode, NDList> values = new HashMap<>();
    for (GraphNode vertex : graph.vertices()) {
      if (wanted.stream().noneMatch(w -> graph.dependencies().upstream(w).contains(vertex))) {
        continue;
      }
      NDList value;
      if (vertex.work instanceof NodeOperation.NetworkCall apply) {
        value = Evaluator.apply(apply.role(), Evaluator.inputs(vertex, values), store, false);
      } else {
        value = evaluator.evaluate(vertex, moment, values, manager);
      }
      value.attach(manager);
      values.put(vertex, value);
    }
    return values;
  }

  /** See {@link Session#export}. */
  NetworkExport export(String role, Moment moment) {
    NetworkRole exported =
        graph.networks().stream()
            .filter(r -> r.role().equals(role))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no role " + role + "; there are " + graph.roles()));
    ParameterStore store = store(moment);
    ComponentOrigin origin = exported.origin();
    return new NetworkExport(
        "the %s (%s of %s)".formatted(role, origin.label(), origin.bundle()),
        exported.block(),
        ports(origin.takes(), exported.inputShapes()),
        ports(exported.ports(), exported.block().getOutputShapes(exported.inputShapes())),
        parameter -> store.getValue(parameter, root.getDevice(), false));
  }

  /** Hands out what is used: averaged weights if any, with statistics that suit the use. */
  ParameterStore store(Moment moment) {
    ParameterStore store = NetworkWeights.used(root, List.copyOf(weights.values()));
    boolean recording = Autograd.setRecording(false);
    try {
      for (NetworkWeights network : weights.values()) {
        if (!network.statistics().isEmpty()) {
          inPlace.copy(network.statistics(), network.buffers());
          for (int i = 0; i < CALIBRATION; i++) {
            calibrate(network.role(), store, moment.at(i));
          }
        }
      }
    } finally {
      Autograd.setRecording(recording);
    }
    return store;
  }

  /** Shows a network one of the training's batches, which moves its running statistics. */
  private void calibrate(NetworkRole role, ParameterStore store, Moment moment) {
    GraphNode application = direct(role);
    graph.clock().moveTo(-1, moment.batch());
    try (NDManager scratch = root.newSubManager()) {
      Map<GraphNode, NDList> values = new HashMap<>();
      for (GraphNode vertex : graph.vertices()) {
        if (!graph.dependencies().upstream(application).contains(vertex)) {
          continue;
        }
        if (vertex.work instanceof NodeOperation.NetworkCall apply) {
          values.put(
              vertex,
              Evaluator.apply(
                  apply.role(), Evaluator.inputs(vertex, values), store, vertex == application));
        } else {
          values.put(vertex, evaluator.evaluate(vertex, moment, values, scratch));
        }
      }
    }
  }

  /** The application whose inputs come from no other network, such as codes from the prior. */
  private GraphNode direct(NetworkRole role) {
    List<GraphNode> applications = role.applications();
    return applications.stream()
        .filter(
            v ->
                graph.dependencies().upstream(v).stream()
                    .noneMatch(u -> u != v && u.work instanceof NodeOperation.NetworkCall))
        .findFirst()
        .orElse(applications.get(0));
  }

  private static List<NetworkPort> ports(List<String> names, Shape[] shapes) {
    List<NetworkPort> ports = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      ports.add(new NetworkPort(names.get(i), GraphBuilder.sample(shapes[i])));
    }
    return ports;
  }
}
