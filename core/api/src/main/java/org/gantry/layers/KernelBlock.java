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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.tensor.Kernel;

/**
 * A block with one input and one output that a kernel computes. The kernel is loaded at the first
 * call, and belongs to the manager of the parameters. The output belongs to the manager of the
 * input.
 */
abstract class KernelBlock extends AbstractBlock implements ScriptableBlock {

  private final String source;
  private Kernel kernel;

  KernelBlock(String name, Map<String, ?> constants) {
    source = KernelSource.read(name, constants);
  }

  @Override
  public final void initialize(NDManager manager, DataType type, Shape... inputs) {
    super.initialize(manager, type, inputs);
    if (kernel != null) {
      kernel.close();
    }
    kernel = Kernel.deferred(manager, source);
  }

  /** The arguments of the kernel after the input: parameters and lists of them. */
  abstract List<?> operands();

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return kernel.call(input.getManager(), arguments(input, operands(), store, training));
  }

  @Override
  public final boolean scriptsTraining() {
    return true;
  }

  @Override
  public final List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.call(source, prepend(inputs.get(0), operands()));
  }

  /** The arguments of a call: the input, then the values of the operands in the store. */
  static List<Object> arguments(
      NDArray input, List<?> operands, ParameterStore store, boolean training) {
    List<Object> values = new ArrayList<>();
    values.add(input);
    for (Object operand : operands) {
      if (operand instanceof Parameter parameter) {
        values.add(store.getValue(parameter, input.getDevice(), training));
      } else {
        NDList list = new NDList();
        for (Object parameter : (List<?>) operand) {
          list.add(store.getValue((Parameter) parameter, input.getDevice(), training));
        }
        values.add(list);
      }
    }
    return values;
  }

  /** A list with another first element. */
  static List<Object> prepend(Object first, List<?> others) {
    List<Object> all = new ArrayList<>();
    all.add(first);
    all.addAll(others);
    return all;
  }
}
