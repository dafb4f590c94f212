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
import org.gantry.export.Port;
import org.gantry.graph.Fake;
import org.gantry.graph.Pair;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.InPlace;
import org.gantry.training.Evaluator.Moment;
import org.gantry.training.Vertex.Value;
import org.gantry.training.Vertex.Work;
import org.gantry.watchdog.Samples;

/** What a session's networks are used for beside training; nothing here moves the training. */
final class Use {

  /** Batches after which nothing is left of earlier running statistics, at the usual momentum. */
  private static final int CALIBRATION = 40;

  private final TrainingGraph graph;
  private final Map<Role, Weights> weights;
  private final ParameterStore training;
  private final Evaluator evaluator;
  private final InPlace inPlace;
  private final NDManager root;

  Use(
      TrainingGraph graph,
      Map<Role, Weights> weights,
      ParameterStore training,
      Evaluator evaluator,
      InPlace inPlace,
      NDManager root) {
    this.graph = graph;
    this.weights = weights;
    this.training = training;
    this.evaluator = evaluator;
    this.inPlace = inPlace;
    this.root = root;
  }

  /** See {@link Session#samples}. */
  List<Samples> samples(Moment moment, NDManager manager) {
    Map<String, Samples> samples = new LinkedHashMap<>();
    boolean recording = Autograd.recording(false);
    try {
      ParameterStore store = looked(moment);
      // After the store, for statistics that are renewed move the clock too.
      graph.clock().at(-2, moment.step());
      for (Pair pair : graph.pairs()) {
        for (Fake fake : pair.fakes()) {
          Value made = (Value) fake.example().signals().get(0);
          Value real = (Value) pair.real().signals().get(0);
          if (made.vertex().work instanceof Work.Apply apply
              && real.vertex().work instanceof Work.Data
              && made.shape().equals(real.shape())
              && made.shape().get(0) > 1
              && !samples.containsKey(apply.role().role())) {
            Map<Vertex, NDList> values =
                inferred(List.of(made.vertex(), real.vertex()), store, moment, manager);
            samples.put(
                apply.role().role(),
                new Samples(
                    moment.step(),
                    apply.role().role(),
                    values.get(made.vertex()).get(made.output()),
                    values.get(real.vertex()).get(real.output())));
          }
        }
      }
      return List.copyOf(samples.values());
    } finally {
      Autograd.recording(recording);
    }
  }

  /** Weights that train show trouble first; statistics that suit nothing would show it wrongly. */
  private ParameterStore looked(Moment moment) {
    return weights.values().stream().anyMatch(Weights::mixed) ? store(moment) : training;
  }

  /** What vertices give when nothing trains. */
  private Map<Vertex, NDList> inferred(
      List<Vertex> wanted, ParameterStore store, Moment moment, NDManager manager) {
    Map<Vertex, NDList> values = new HashMap<>();
    for (Vertex vertex : graph.vertices()) {
      if (wanted.stream().noneMatch(w -> graph.dependencies().upstream(w).contains(vertex))) {
        continue;
      }
      NDList value;
      if (vertex.work instanceof Work.Apply apply) {
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
    Role exported =
        graph.networks().stream()
            .filter(r -> r.role().equals(role))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no role " + role + "; there are " + graph.roles()));
    ParameterStore store = store(moment);
    Origin origin = exported.origin();
    return new NetworkExport(
        "the %s (%s of %s)".formatted(role, origin.label(), origin.bundle()),
        exported.block(),
        ports(origin.takes(), exported.inputShapes()),
        ports(exported.ports(), exported.block().getOutputShapes(exported.inputShapes())),
        parameter -> store.getValue(parameter, root.getDevice(), false));
  }

  /** Hands out what is used: averaged weights if any, with statistics that suit the use. */
  ParameterStore store(Moment moment) {
    ParameterStore store = Weights.used(root, List.copyOf(weights.values()));
    boolean recording = Autograd.recording(false);
    try {
      for (Weights network : weights.values()) {
        if (!network.statistics().isEmpty()) {
          inPlace.copy(network.statistics(), network.buffers());
          for (int i = 0; i < CALIBRATION; i++) {
            calibrate(network.role(), store, moment.at(i));
          }
        }
      }
    } finally {
      Autograd.recording(recording);
    }
    return store;
  }

  /** Shows a network one of the training's batches, which moves its running statistics. */
  private void calibrate(Role role, ParameterStore store, Moment moment) {
    Vertex application = direct(role);
    graph.clock().at(-1, moment.batch());
    try (NDManager scratch = root.newSubManager()) {
      Map<Vertex, NDList> values = new HashMap<>();
      for (Vertex vertex : graph.vertices()) {
        if (!graph.dependencies().upstream(application).contains(vertex)) {
          continue;
        }
        if (vertex.work instanceof Work.Apply apply) {
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
  private Vertex direct(Role role) {
    List<Vertex> applications = role.applications();
    return applications.stream()
        .filter(
            v ->
                graph.dependencies().upstream(v).stream()
                    .noneMatch(u -> u != v && u.work instanceof Work.Apply))
        .findFirst()
        .orElse(applications.get(0));
  }

  private static List<Port> ports(List<String> names, Shape[] shapes) {
    List<Port> ports = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      ports.add(new Port(names.get(i), GraphBuilder.sample(shapes[i])));
    }
    return ports;
  }
}
