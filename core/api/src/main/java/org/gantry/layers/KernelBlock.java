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
 * A block from one array to one array whose work a kernel does. The kernel is loaded with the
 * parameters and belongs to their manager; what it returns belongs to the input's manager.
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
    kernel = Kernel.load(manager, source);
  }

  /**
   * What the kernel takes after the input: parameters and lists of them, as its source declares.
   */
  abstract List<?> operands();

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return kernel.call(input.getManager(), arguments(input, operands(), store, training));
  }

  @Override
  public final List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.call(source, prepend(inputs.get(0), operands()));
  }

  /** The input and the values that parameters and lists of them have in the given store. */
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

  /** A list with something in front. */
  static List<Object> prepend(Object first, List<?> others) {
    List<Object> all = new ArrayList<>();
    all.add(first);
    all.addAll(others);
    return all;
  }
}
