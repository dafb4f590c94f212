package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.Map;
import org.gantry.tensor.Kernel;

/**
 * A block from one array to one array whose work a kernel does. The kernel is loaded with the
 * parameters and belongs to their manager; what it returns belongs to the input's manager.
 */
abstract class KernelBlock extends AbstractBlock {

  private final String source;
  private Kernel kernel;

  KernelBlock(String name, Map<String, ?> constants) {
    source = Source.read(name, constants);
  }

  @Override
  public final void initialize(NDManager manager, DataType type, Shape... inputs) {
    super.initialize(manager, type, inputs);
    if (kernel != null) {
      kernel.close();
    }
    kernel = Kernel.load(manager, source);
  }

  /** What the kernel takes: the input, then arrays and lists of them, as its source declares. */
  abstract List<?> arguments(NDArray input, ParameterStore store, boolean training);

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return kernel.call(input.getManager(), arguments(input, store, training));
  }

  /** The parameter's value in the given store. */
  static NDArray value(Parameter parameter, NDArray input, ParameterStore store, boolean training) {
    return store.getValue(parameter, input.getDevice(), training);
  }
}
