package org.gantry.export;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A block that can say in TorchScript what it does in inference. All blocks of {@code
 * org.gantry.layers} can; a network of one's own blocks can be exported if they do, too.
 *
 * <p>A block that doubles its input would say
 *
 * <pre>{@code
 * return script.call("def forward(self, x: Tensor) -> Tensor:\\n  return 2 * x", inputs);
 * }</pre>
 *
 * <p>and one that is idle in inference, {@code return inputs}.
 */
@ConsumerType
@FunctionalInterface
public interface ScriptableBlock {

  /**
   * Writes what the block does in inference. The block is initialised.
   *
   * @param script takes the calls and the blocks that the block is made of
   * @param inputs the block's inputs
   * @return the block's outputs
   * @throws ExportException if this block cannot be written, as {@link ScriptWriter#refusal} makes
   *     it
   */
  List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs);
}
