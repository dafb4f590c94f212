package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gantry.data.Dataset;
import org.gantry.data.ValueType;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;

/** A session's networks as samplers see them. */
final class TrainedNetworks implements TrainedModel {

  private final TrainingGraph graph;
  private final Evaluator evaluator;
  private final ParameterStore parameters;
  private final NDManager manager;
  private final RandomStreams random;
  private final Map<String, UseInputs> uses = new LinkedHashMap<>();

  /** The number of applications so far, each of which has random draws of its own. */
  private long applications;

  /** Whether {@link #gradient} is evaluating its function. */
  private boolean differentiating;

  TrainedNetworks(
      TrainingGraph graph,
      Evaluator evaluator,
      ParameterStore parameters,
      NDManager manager,
      long seed) {
    this.graph = graph;
    this.evaluator = evaluator;
    this.parameters = parameters;
    this.manager = manager;
    this.random = new RandomStreams(seed);
    graph.uses().forEach(use -> uses.put(use.name(), new UseInputs(graph, use)));
  }

  @Override
  public Set<String> roles() {
    return new LinkedHashSet<>(graph.roles());
  }

  @Override
  public NDList apply(String role, NDArray... inputs) {
    NetworkRole network = graph.network(role);
    evaluator.moveToSampling(random, applications++);
    boolean recording = Autograd.setRecording(differentiating);
    try (NDManager scratch = manager.newSubManager()) {
      NDList arguments = new NDList();
      for (NDArray input : inputs) {
        NDArray own = differentiating ? input.reshape(input.getShape()) : input.stopGradient();
        own.attach(scratch);
        arguments.add(network.packing().map(p -> p.join(own)).orElse(own));
      }
      NDList outputs = network.forward(parameters, arguments, false);
      outputs.attach(manager);
      return outputs;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  @Override
  public List<ModelUse> uses() {
    return uses.values().stream().map(UseInputs::describe).toList();
  }

  @Override
  public Map<String, NDArray> drawFields(ModelUse use, int count) {
    Map<String, NodeOperation.BatchField> fields = uses.get(use.name()).fields();
    Set<String> translated = new LinkedHashSet<>();
    for (ModelInput input : use.inputs()) {
      if (input.fromData() && input.field().type() == ValueType.IMAGE) {
        translated.add(fields.get(input.name()).draw());
      }
    }
    Map<String, NDArray> drawn = new LinkedHashMap<>();
    fields.forEach(
        (name, source) -> {
          Dataset whole = graph.dataset(source.draw());
          Dataset read = translated.contains(source.draw()) ? whole.heldOut().orElse(whole) : whole;
          String draw = source.mismatched() ? "mismatched/" + source.draw() : source.draw();
          drawn.put(name, new RandomRows(read, draw, random).read(manager, source.field(), count));
        });
    return drawn;
  }

  @Override
  public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
    UseInputs made = uses.get(use.name());
    return make(made, made.values(inputs, input -> true), Optional.empty());
  }

  @Override
  public NDArray makeMixed(
      ModelUse use,
      Map<String, NDArray> inputs,
      List<Map<String, NDArray>> mixed,
      List<float[]> shares) {
    UseInputs made = uses.get(use.name());
    Map<GraphNode, NDArray> values =
        new LinkedHashMap<>(made.values(inputs, input -> !use.conditions().contains(input)));
    List<Map<GraphNode, NDArray>> parts =
        mixed.stream().map(part -> made.values(part, use.conditions()::contains)).toList();
    values.putAll(parts.get(0));
    return make(made, values, Optional.of(new ConditionMixture(made.encodings(), parts, shares)));
  }

  private NDArray make(
      UseInputs made, Map<GraphNode, NDArray> inputs, Optional<ConditionMixture> mixture) {
    long count =
        inputs.values().stream()
            .mapToLong(v -> v.getShape().get(0))
            .findFirst()
            .orElse(made.outputNode().shape().get(0));
    boolean recording = Autograd.setRecording(differentiating);
    try (NDManager scratch = manager.newSubManager()) {
      NDList parts = new NDList();
      long batch = hasTrainedShapes(inputs) ? made.outputNode().shape().get(0) : 1;
      for (long first = 0; first < count; first += batch) {
        long end = Math.min(first + batch, count);
        evaluator.moveToSampling(random, applications++);
        // What a batch computes is freed before the next one.
        try (NDManager values = scratch.newSubManager()) {
          RowRange range = new RowRange(first, end, hasTrainedShapes(inputs), values);
          Map<GraphNode, NDList> rows = new HashMap<>(range.of(inputs));
          mixture.ifPresent(m -> rows.putAll(m.encode(evaluator, parameters, range)));
          NDArray output = evaluator.make(made.outputNode(), rows, parameters, values);
          NDArray part = output.get(new NDIndex(":{}", end - first));
          part.attach(scratch);
          parts.add(part);
        }
      }
      NDArray all = parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts);
      all.attach(manager);
      return all;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private static boolean hasTrainedShapes(Map<GraphNode, NDArray> values) {
    return values.entrySet().stream()
        .allMatch(
            value ->
                value
                    .getValue()
                    .getShape()
                    .slice(1)
                    .equals(value.getKey().shapes().get(0).slice(1)));
  }

  @Override
  public NDArray gradient(UnaryOperator<NDArray> function, NDArray at) {
    boolean before = differentiating;
    differentiating = true;
    evaluator.state().weights().forEach(w -> w.requireGradient(false));
    boolean recording = Autograd.setRecording(true);
    try {
      NDArray point = at.duplicate();
      point.attach(manager);
      point.setRequiresGradient(true);
      NDArray value = function.apply(point);
      return evaluator.autograd().gradients(manager, value, new NDList(point)).get(0);
    } finally {
      Autograd.setRecording(recording);
      differentiating = before;
    }
  }

  @Override
  public Prior prior() {
    return graph.composition().prior().component();
  }

  @Override
  public Dataset dataset() {
    return graph.composition().dataset().component();
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public RandomStreams randomStreams() {
    return random;
  }
}
