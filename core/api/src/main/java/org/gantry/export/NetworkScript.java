package org.gantry.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.tensor.Kernel;

/**
 * A network as one kernel, which computes in training what the blocks compute one after the other.
 * It costs one call in place of one or more for each layer.
 */
public final class NetworkScript {

  private final Kernel kernel;
  private final List<Parameter> parameters;

  private NetworkScript(Kernel kernel, List<Parameter> parameters) {
    this.kernel = kernel;
    this.parameters = parameters;
  }

  /**
   * Writes and loads the kernel of a network.
   *
   * @param manager owns the kernel
   * @param network initialised
   * @param inputs the number of its inputs
   * @return empty if the network has no parameters, or a block without a script for training
   */
  public static Optional<NetworkScript> load(
      NDManager manager, Block network, int inputs, ScriptForm form) {
    if (network.getParameters().isEmpty()) {
      return Optional.empty();
    }
    try {
      String source = ScriptWriter.ofTraining(network, inputs, form);
      return Optional.of(
          new NetworkScript(Kernel.load(manager, source), network.getParameters().values()));
    } catch (ExportException e) {
      return Optional.empty();
    }
  }

  /**
   * Computes the network in training mode. The outputs belong to the manager of the first input.
   *
   * @param store gives the values of the parameters
   */
  public NDList forward(ParameterStore store, NDList inputs) {
    NDArray first = inputs.head();
    NDList weights = new NDList();
    for (Parameter parameter : parameters) {
      weights.add(store.getValue(parameter, first.getDevice(), true));
    }
    List<Object> arguments = new ArrayList<>(inputs);
    arguments.add(weights);
    return kernel.call(first.getManager(), arguments);
  }
}
