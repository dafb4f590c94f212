package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.architecture.Architecture;
import org.gantry.component.UnusableComponentException;
import org.gantry.export.NetworkExport;
import org.gantry.export.NetworkPort;
import org.gantry.tensor.EngineSeed;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.StandaloneSite;

/**
 * An architecture in one place.
 *
 * @param subject the architecture
 * @param place where its network stands
 */
record ArchitectureCase(ContractSubject subject, StandaloneSite place) {

  private static final Shape CODE = new Shape(16);

  /** Points, and pictures of the usual sizes, small ones first. */
  private static final List<Shape> DATA =
      List.of(
          new Shape(2),
          new Shape(1, 16, 16),
          new Shape(1, 28, 28),
          new Shape(3, 32, 32),
          new Shape(3, 64, 64));

  /** A kind of data is enough to be tried once. */
  private record DataRank(int dimensions) {}

  /**
   * The architecture on points and on pictures, as far as it fits.
   *
   * @throws NotApplicableException if it fits nowhere
   */
  static List<ArchitectureCase> places(ContractSubject subject) {
    Map<DataRank, ArchitectureCase> found = new LinkedHashMap<>();
    Map<Shape, String> refusals = new LinkedHashMap<>();
    for (Shape data : DATA) {
      DataRank sort = new DataRank(data.dimension());
      if (!found.containsKey(sort)) {
        ArchitectureCase network = new ArchitectureCase(subject, place(subject, data));
        try {
          network.announced(2);
          found.put(sort, network);
        } catch (UnusableComponentException e) {
          refusals.put(data, e.getMessage());
        }
      }
    }
    if (found.isEmpty()) {
      throw new NotApplicableException("it fits none of the usual places: " + refusals);
    }
    return List.copyOf(found.values());
  }

  private static StandaloneSite place(ContractSubject subject, Shape data) {
    Map<String, Shape> inputs = new LinkedHashMap<>();
    subject.takes().forEach(port -> inputs.put(port, usual(port, data)));
    Map<String, Shape> outputs = new LinkedHashMap<>();
    for (String port : subject.gives()) {
      if (!port.equals("score") && !port.equals("features")) {
        outputs.put(port, usual(port, data));
      }
    }
    return new StandaloneSite(subject.kind(), inputs, outputs);
  }

  private static Shape usual(String port, Shape data) {
    return switch (port) {
      case "image", "reconstruction" -> data;
      case "label" -> new Shape();
      default -> CODE;
    };
  }

  private Block build() {
    return subject.create(Architecture.class).build(place);
  }

  private Shape[] shapes(int batch) {
    return subject.takes().stream()
        .map(port -> new Shape(batch).addAll(place.input(port)))
        .toArray(Shape[]::new);
  }

  /** What the network says of its outputs before it has parameters. */
  Shape[] announced(int batch) {
    return build().getOutputShapes(shapes(batch));
  }

  /** Fails unless there is an output per port, of the shape that was wanted. */
  void checkPorts(Shape[] outputs) {
    List<String> gives = subject.gives();
    ContractAssertions.require(
        outputs.length == gives.size(),
        "%s has %d outputs for the ports %s",
        this,
        outputs.length,
        gives);
    for (int i = 0; i < outputs.length; i++) {
      boolean wanted = gives.get(i).equals("image") || gives.get(i).equals("latent");
      Shape actual = outputs[i].slice(1);
      ContractAssertions.require(
          !wanted || actual.equals(place.output(gives.get(i))),
          "%s gives %s of shape %s",
          this,
          gives.get(i),
          actual);
    }
  }

  /** The network with parameters under a fixed seed. */
  InitializedNetwork initialized(NDManager manager, DataType type) {
    Block block = build();
    EngineSeed.runSeeded(11, () -> block.initialize(manager, type, shapes(2)));
    return new InitializedNetwork(this, block, type);
  }

  /** Inputs that look like codes and data; the same first samples for every batch. */
  NDList inputs(NDManager manager, int batch, DataType type) {
    NDList inputs = new NDList();
    for (String port : subject.takes()) {
      Shape shape = new Shape(batch).addAll(place.input(port));
      RandomGenerator random = new RandomStreams(12).at(port);
      double[] values = new double[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = port.equals("label") ? random.nextInt(2) : random.nextDouble(-1, 1);
      }
      NDArray input = manager.create(values).reshape(shape);
      inputs.add(type == DataType.FLOAT64 ? input : input.toType(type, false));
    }
    return inputs;
  }

  /** The outputs as a function of the inputs, with parameters that are made anew each time. */
  FiniteDifferences slopes(int batch) throws Exception {
    List<double[]> values = new ArrayList<>();
    TensorScope.runUnrecorded(
        manager ->
            inputs(manager, batch, DataType.FLOAT64)
                .forEach(input -> values.add(input.toDoubleArray())));
    return new FiniteDifferences(
        toString(),
        arguments -> {
          NDManager manager = arguments.get(0).getManager();
          NDList inputs = new NDList(arguments);
          DataType type = arguments.get(0).getDataType();
          return initialized(manager, type).squares(inputs);
        },
        values,
        List.of(shapes(batch)));
  }

  @Override
  public String toString() {
    return "the %s for %s to %s".formatted(place.role(), place.inputs(), place.outputs());
  }

  /**
   * A network with parameters.
   *
   * @param network where it stands
   * @param block initialised
   * @param type of the parameters
   */
  record InitializedNetwork(ArchitectureCase network, Block block, DataType type) {

    NDList pass(NDManager manager, int batch, boolean training) {
      return block.forward(
          new ParameterStore(manager, false), network.inputs(manager, batch, type), training);
    }

    /** Half the sum of the squares of all outputs. */
    NDArray squares(NDManager manager, int batch) {
      return squares(network.inputs(manager, batch, type));
    }

    NDArray squares(NDList inputs) {
      ParameterStore store = new ParameterStore(inputs.head().getManager(), false);
      NDArray sum = null;
      for (NDArray output : block.forward(store, inputs, true)) {
        NDArray square = output.square().mul(0.5f).mean();
        sum = sum == null ? square : sum.add(square);
      }
      return sum;
    }

    /** The network as it would be written to a file. */
    NetworkExport export() {
      Shape[] taken = network.shapes(1);
      return new NetworkExport(
          network.toString(),
          block,
          ports(network.subject().takes(), taken),
          ports(network.subject().gives(), block.getOutputShapes(taken)),
          Parameter::getArray);
    }

    private static List<NetworkPort> ports(List<String> names, Shape[] shapes) {
      List<NetworkPort> ports = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        ports.add(new NetworkPort(names.get(i), shapes[i].slice(1)));
      }
      return ports;
    }

    /** The parameters that train. */
    NDList trained() {
      NDList trained = new NDList();
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          trained.add(parameter.getArray());
        }
      }
      return trained;
    }
  }
}
