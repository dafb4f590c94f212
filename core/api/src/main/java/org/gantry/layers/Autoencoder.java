package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * An encoder followed by a decoder. The outputs are the residual, the code and the reconstruction.
 * The residual is the reconstruction minus the input.
 */
public final class Autoencoder extends AbstractBlock implements ScriptableBlock {

  private final Block encoder;
  private final Block decoder;

  /**
   * Creates the block.
   *
   * @param encoder maps one input to a code of any shape
   * @param decoder maps the code to the shape of the input
   */
  public Autoencoder(Block encoder, Block decoder) {
    this.encoder = addChildBlock("encoder", encoder);
    this.decoder = addChildBlock("decoder", decoder);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    encoder.initialize(manager, type, inputs);
    decoder.initialize(manager, type, encoder.getOutputShapes(inputs));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList code = encoder.forward(store, inputs, training);
    NDArray reconstruction = decoder.forward(store, code, training).singletonOrThrow();
    NDArray residual = reconstruction.sub(inputs.singletonOrThrow());
    return new NDList(residual, code.singletonOrThrow(), reconstruction);
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    List<ScriptWriter.ScriptValue> code = script.apply(encoder, inputs);
    ScriptWriter.ScriptValue reconstruction = script.apply(decoder, code).get(0);
    ScriptWriter.ScriptValue residual =
        script
            .call(
                """
                def forward(self, reconstruction: Tensor, x: Tensor) -> Tensor:
                  return reconstruction - x
                """,
                List.of(reconstruction, inputs.get(0)))
            .get(0);
    return List.of(residual, code.get(0), reconstruction);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] code = encoder.getOutputShapes(inputs);
    Shape[] reconstruction = decoder.getOutputShapes(code);
    if (!Arrays.equals(reconstruction, inputs)) {
      throw new UnusableComponentException(
          "an autoencoder returns shapes "
              + Arrays.toString(reconstruction)
              + " for an input of shape "
              + Arrays.toString(inputs));
    }
    return new Shape[] {inputs[0], code[0], reconstruction[0]};
  }
}
