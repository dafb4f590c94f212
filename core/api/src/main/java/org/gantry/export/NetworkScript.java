package org.gantry.export;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.Kernel;

/**
 * A network as one kernel, which computes in training what the blocks compute one after the other.
 * It costs one call in place of one or more for each layer.
 */
public final class NetworkScript {

  private final Kernel kernel;
  private final List<Parameter> parameters;

  private final ScriptForm form;

  private NetworkScript(Kernel kernel, List<Parameter> parameters, ScriptForm form) {
    this.kernel = kernel;
    this.parameters = parameters;
    this.form = form;
  }

  /**
   * Writes and loads the kernel of a network.
   *
   * @param manager owns the kernel
   * @param network initialised
   * @param inputs the shapes of its inputs
   * @param form the preferred form; a network with a layer that cannot compute in bf16 computes in
   *     float32
   * @return empty if the network has no parameters, or a block without a script for training
   */
  public static Optional<NetworkScript> load(
      NDManager manager, Block network, Shape[] inputs, ScriptForm form) {
    if (network.getParameters().isEmpty()) {
      return Optional.empty();
    }
    try {
      String source = ScriptWriter.ofTraining(network, inputs.length, form);
      NetworkScript script =
          new NetworkScript(Kernel.load(manager, source), network.getParameters().values(), form);
      if (form.half() && !script.runs(manager, inputs)) {
        script.kernel.close();
        return load(manager, network, inputs, form.inFloat32());
      }
      return Optional.of(script);
    } catch (ExportException e) {
      return Optional.empty();
    }
  }

  /** Whether the kernel computes zeros. The parameters do not change. */
  private boolean runs(NDManager manager, Shape[] inputs) {
    boolean recording = Autograd.setRecording(false);
    try (NDManager scratch = manager.newSubManager()) {
      NDList zeros = new NDList();
      for (Shape shape : inputs) {
        zeros.add(scratch.zeros(shape));
      }
      NDList weights = new NDList();
      for (Parameter parameter : parameters) {
        NDArray copy = parameter.getArray().duplicate();
        copy.attach(scratch);
        weights.add(copy);
      }
      call(zeros, weights);
      return true;
    } catch (EngineException e) {
      return false;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** The form in which the network computes. */
  public ScriptForm form() {
    return form;
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
    return call(inputs, weights);
  }

  private NDList call(NDList inputs, NDList weights) {
    List<Object> arguments = new ArrayList<>(inputs);
    arguments.add(weights);
    return kernel.call(inputs.head().getManager(), arguments);
  }
}
