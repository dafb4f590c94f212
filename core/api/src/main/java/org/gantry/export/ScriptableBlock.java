package org.gantry.export;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A block that can be written in TorchScript. All blocks of {@code org.gantry.layers} are of this
 * type. A network with other blocks can be exported if they implement it.
 *
 * <p>A block that doubles its input returns
 *
 * <pre>{@code
 * return script.call("def forward(self, x: Tensor) -> Tensor:\n  return 2 * x", inputs);
 * }</pre>
 *
 * <p>A block that does nothing in inference returns {@code inputs}.
 */
@ConsumerType
@FunctionalInterface
public interface ScriptableBlock {

  /**
   * Writes what the block computes in inference, or in training; see {@link #scriptsTraining}. The
   * block is initialised.
   *
   * @param script receives the block's calls and its child blocks
   * @param inputs the block's inputs
   * @return the block's outputs
   * @throws ExportException if the block has no TorchScript form; see {@link ScriptWriter#refusal}
   */
  List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs);

  /**
   * Whether {@link #writeScript} also writes what the block computes in training, where {@link
   * ScriptWriter#isTraining} is true. It has to be pure but for arrays that it changes in place,
   * and must not draw random numbers. The platform then computes the network in one call. Networks
   * with other blocks are computed block by block.
   */
  default boolean scriptsTraining() {
    return false;
  }
}
