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
import java.util.List;
import org.gantry.export.NetworkExport;
import org.gantry.export.NetworkPort;

/**
 * A network with parameters.
 *
 * @param architecture the architecture and its site
 * @param block the initialised network
 * @param manager the owner of the parameters
 * @param type the type of the parameters
 */
record InitializedNetwork(
    ArchitectureCase architecture, Block block, NDManager manager, DataType type) {

  /** Applies the network to a batch of inputs. */
  NDList forward(int batch, boolean training) {
    return forward(architecture.inputs(manager, batch, type), training);
  }

  private NDList forward(NDList inputs, boolean training) {
    NDManager owner = inputs.head().getManager();
    return block.forward(new ParameterStore(owner, false), inputs, training);
  }

  /** Returns half the sum of the mean squares of the outputs in training. */
  NDArray squares(int batch) {
    return squares(architecture.inputs(manager, batch, type));
  }

  /** Returns half the sum of the mean squares of the outputs in training. */
  NDArray squares(NDList inputs) {
    NDArray sum = null;
    for (NDArray output : forward(inputs, true)) {
      NDArray square = output.square().mul(0.5f).mean();
      sum = sum == null ? square : sum.add(square);
    }
    return sum;
  }

  /** Returns the export of the network. */
  NetworkExport export() {
    Shape[] inputs = architecture.inputShapes(1);
    return new NetworkExport(
        toString(),
        block,
        ports(architecture.takes(), inputs),
        ports(architecture.ports().gives(), block.getOutputShapes(inputs)),
        Parameter::getArray);
  }

  private static List<NetworkPort> ports(List<String> names, Shape[] shapes) {
    List<NetworkPort> ports = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ports.add(new NetworkPort(names.get(i), shapes[i].slice(1)));
    }
    return ports;
  }

  /** Returns the trainable parameters. */
  NDList trainableParameters() {
    NDList trainable = new NDList();
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.requiresGradient()) {
        trainable.add(parameter.getArray());
      }
    }
    return trainable;
  }

  @Override
  public String toString() {
    return architecture.toString();
  }
}
