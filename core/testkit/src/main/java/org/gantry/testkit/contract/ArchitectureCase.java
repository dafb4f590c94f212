package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.EngineSeed;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.StandaloneSite;

/**
 * An architecture with a site to build a network for.
 *
 * @param subject the architecture
 * @param ports its ports
 * @param site the shapes of inputs and outputs
 */
record ArchitectureCase(ContractSubject subject, NetworkPorts ports, StandaloneSite site) {

  /** Codes of a usual length, and of the least. */
  private static final List<Shape> CODES = List.of(new Shape(16), new Shape(1));

  /** Points and images of typical sizes, small ones first. */
  private static final List<Shape> DATA =
      List.of(
          new Shape(2),
          new Shape(1, 16, 16),
          new Shape(1, 28, 28),
          new Shape(3, 32, 32),
          new Shape(3, 64, 64));

  /**
   * Returns the architecture on points and on images, as far as it supports them.
   *
   * @throws NotApplicableException if it supports neither
   */
  static List<ArchitectureCase> of(ContractSubject subject) {
    NetworkPorts ports = ports(subject);
    List<ArchitectureCase> cases = new ArrayList<>(of(subject, ports, ports.takes()));
    if (!ports.accepts().isEmpty()) {
      cases.addAll(of(subject, ports, ports.inputs()));
    }
    return cases;
  }

  private static NetworkPorts ports(ContractSubject subject) {
    return subject
        .create(Architecture.class)
        .ports(NetworkPorts.declared(subject.takes(), subject.gives()));
  }

  /** Returns the architecture where the topology feeds these ports. */
  private static List<ArchitectureCase> of(
      ContractSubject subject, NetworkPorts ports, List<String> fed) {
    Map<Integer, ArchitectureCase> byDimensions = new LinkedHashMap<>();
    Map<Shape, String> refusals = new LinkedHashMap<>();
    for (Shape data : DATA) {
      for (TypicalShapes shapes : TypicalShapes.of(data)) {
        if (!byDimensions.containsKey(data.dimension())) {
          ArchitectureCase network =
              new ArchitectureCase(subject, ports, site(subject, ports, fed, shapes));
          try {
            network.announcedShapes(2);
            byDimensions.put(data.dimension(), network);
          } catch (UnusableComponentException e) {
            refusals.putIfAbsent(data, e.getMessage());
          }
        }
      }
    }
    if (byDimensions.isEmpty()) {
      throw new NotApplicableException("it supports none of the typical data: " + refusals);
    }
    return List.copyOf(byDimensions.values());
  }

  private static StandaloneSite site(
      ContractSubject subject, NetworkPorts ports, List<String> fed, TypicalShapes shapes) {
    Map<String, Shape> inputs = new LinkedHashMap<>();
    fed.forEach(port -> inputs.put(port, shapes.at(port)));
    Map<String, Shape> outputs = new LinkedHashMap<>();
    for (String port : ports.gives()) {
      if (!List.of("score", "features", "condition").contains(port)) {
        outputs.put(port, shapes.at(port));
      }
    }
    return new StandaloneSite(subject.kind(), inputs, outputs);
  }

  /** Returns the ports of the network's inputs, in order. */
  List<String> takes() {
    return ports.inputs().stream().filter(site::isFed).toList();
  }

  /**
   * The usual shapes at ports.
   *
   * @param further the shape at a port of any other name
   */
  private record TypicalShapes(Shape data, Shape code, Shape further) {

    static List<TypicalShapes> of(Shape data) {
      return CODES.stream()
          .flatMap(code -> further(data, code).map(shape -> new TypicalShapes(data, code, shape)))
          .toList();
    }

    /** Codes, images of the same size, and images of half the size for networks that enlarge. */
    private static Stream<Shape> further(Shape data, Shape code) {
      return data.dimension() == 3
          ? Stream.of(code, data, new Shape(data.get(0), data.get(1) / 2, data.get(2) / 2))
          : Stream.of(code, data);
    }

    Shape at(String port) {
      return switch (port) {
        case "image", "reconstruction" -> data;
        case "label" -> new Shape();
        case "condition" -> new Shape(5);
        case "text" -> new Shape(3);
        case "latent" -> code;
        default -> further;
      };
    }
  }

  private Block build() {
    return subject.create(Architecture.class).build(site);
  }

  /** Returns the shapes of the inputs. */
  Shape[] inputShapes(int batch) {
    return takes().stream()
        .map(port -> new Shape(batch).addAll(site.input(port)))
        .toArray(Shape[]::new);
  }

  /** Returns the shapes of the outputs that the network announces before it has parameters. */
  Shape[] announcedShapes(int batch) {
    return build().getOutputShapes(inputShapes(batch));
  }

  /** Fails unless there is an output per port, of the required shape. */
  void checkPorts(Shape[] outputs) {
    List<String> gives = ports.gives();
    ContractAssertions.require(
        outputs.length == gives.size(),
        "%s has %d outputs for the ports %s",
        this,
        outputs.length,
        gives);
    for (int i = 0; i < outputs.length; i++) {
      boolean required = gives.get(i).equals("image") || gives.get(i).equals("latent");
      Shape actual = outputs[i].slice(1);
      ContractAssertions.require(
          !required || actual.equals(site.output(gives.get(i))),
          "%s has the output %s of shape %s",
          this,
          gives.get(i),
          actual);
    }
  }

  /** Returns the network with parameters under a fixed seed. */
  InitializedNetwork initialize(NDManager manager, DataType type) {
    Block block = build();
    EngineSeed.runSeeded(11, () -> block.initialize(manager, type, inputShapes(2)));
    return new InitializedNetwork(this, block, manager, type);
  }

  /** Returns inputs in the range of codes and data. All batches begin with the same samples. */
  NDList inputs(NDManager manager, int batch, DataType type) {
    NDList inputs = new NDList();
    for (String port : takes()) {
      Shape shape = new Shape(batch).addAll(site.input(port));
      RandomGenerator random = new RandomStreams(12).at(port);
      double[] values = new double[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (port) {
              case "label" -> random.nextInt(2);
              case "text" -> random.nextInt(4);
              default -> random.nextDouble(-1, 1);
            };
      }
      NDArray input = manager.create(values).reshape(shape);
      inputs.add(type == DataType.FLOAT64 ? input : input.toType(type, false));
    }
    return inputs;
  }

  /** Returns the outputs as a function of the inputs. Each call creates equal parameters. */
  FiniteDifferences finiteDifferences(int batch) throws Exception {
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
          return initialize(manager, type).squares(inputs);
        },
        values,
        List.of(inputShapes(batch)));
  }

  @Override
  public String toString() {
    return "the %s for %s to %s".formatted(site.role(), site.inputs(), site.outputs());
  }
}
