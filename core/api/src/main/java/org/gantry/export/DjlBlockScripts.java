package org.gantry.export;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;

/** TorchScript for those blocks of DJL that networks use. */
final class DjlBlockScripts {

  private static final String LINEAR =
      """
      def forward(self, x: Tensor, parameters: List[Tensor]) -> Tensor:
        bias: Optional[Tensor] = None
        if len(parameters) > 1:
          bias = parameters[1]
        return torch.linear(x, parameters[0], bias)
      """;

  private DjlBlockScripts() {}

  /** Writes the block, or throws an exception if its script is unknown. */
  static List<ScriptWriter.ScriptValue> script(
      ScriptWriter script, Block block, List<ScriptWriter.ScriptValue> inputs) {
    // A subclass can override anything.
    if (block.getClass() == Linear.class) {
      return script.call(LINEAR, List.of(inputs.get(0), block.getDirectParameters().values()));
    } else if (block.getClass() == SequentialBlock.class
        && !((SequentialBlock) block).isReturnIntermediate()) {
      List<ScriptWriter.ScriptValue> values = inputs;
      for (Block layer : block.getChildren().values()) {
        values = script.apply(layer, values);
      }
      return values;
    }
    throw script.refusal(
        "has the class %s, which does not implement %s"
            .formatted(block.getClass().getName(), ScriptableBlock.class.getName()));
  }
}
