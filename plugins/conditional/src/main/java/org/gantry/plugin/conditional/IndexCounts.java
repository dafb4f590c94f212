package org.gantry.plugin.conditional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * Counts how often each of several numbers occurs in a sample. The sample is one number, or a
 * vector of numbers. The output is (batch, size).
 */
final class IndexCounts extends AbstractBlock implements ScriptableBlock {

  private final int size;
  private final int first;

  /**
   * Creates the block.
   *
   * @param size how many numbers to count
   * @param first the least of them; smaller ones do not count
   */
  IndexCounts(int size, int first) {
    this.size = size;
    this.first = first;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray numbers = inputs.head();
    NDArray counted =
        numbers
            .getManager()
            .arange(first, first + size, 1, DataType.FLOAT32)
            .toType(numbers.getDataType(), false);
    NDArray flat = numbers.reshape(numbers.getShape().get(0), -1, 1);
    NDArray equal = flat.eq(counted.reshape(1, 1, size)).toType(numbers.getDataType(), false);
    return new NDList(equal.sum(new int[] {1}));
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.call(
        """
        def forward(self, numbers: Tensor) -> Tensor:
          flat = torch.reshape(numbers, [torch.size(numbers, 0), -1, 1])
          counted = torch.reshape(torch.arange(FIRST, END), [1, 1, -1])
          return torch.sum(torch.to(torch.eq(flat, counted), 6), [1])
        """
            .replace("FIRST", Integer.toString(first))
            .replace("END", Integer.toString(first + size)),
        inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), size)};
  }
}
