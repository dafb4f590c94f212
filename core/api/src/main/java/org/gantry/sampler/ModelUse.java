package org.gantry.sampler;

import java.util.List;
import java.util.Optional;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;

/**
 * What trained networks can make.
 *
 * @param name such as {@code generator} or {@code translation}
 * @param output the type, shape and range of one sample of the output
 * @param inputs what the output is made of
 * @param counterpart what the output should be, a field of the same samples as the inputs; empty if
 *     the data have no such field
 */
public record ModelUse(
    String name, DatasetField output, List<ModelInput> inputs, Optional<ModelInput> counterpart) {

  /** Copies the list. */
  public ModelUse {
    inputs = List.copyOf(inputs);
  }

  /** The input of that name, or empty. */
  public Optional<ModelInput> input(String input) {
    return inputs.stream().filter(i -> i.name().equals(input)).findFirst();
  }

  /** The inputs that the prior draws. */
  public List<ModelInput> codes() {
    return inputs.stream().filter(i -> !i.fromData()).toList();
  }

  /** The image that the output changes: the only input, of the output's shape; or empty. */
  public Optional<ModelInput> changedImage() {
    boolean changes =
        inputs.size() == 1
            && output.type() == ValueType.IMAGE
            && inputs.get(0).field().shape().equals(output.shape());
    return changes ? Optional.of(inputs.get(0)) : Optional.empty();
  }

  /** The inputs that state what a sample should be like, such as a label. */
  public List<ModelInput> conditions() {
    return inputs.stream().filter(i -> i.field().type().isCondition()).toList();
  }
}
