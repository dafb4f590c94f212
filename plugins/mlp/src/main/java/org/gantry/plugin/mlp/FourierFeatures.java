package org.gantry.plugin.mlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * Appends Fourier features sin(2^k pi x) and cos(2^k pi x), for k = 0, 1, and so on, to each
 * coordinate x. The shape changes from (batch, n) to (batch, n (1 + 2 octaves)). Fully connected
 * layers learn high frequencies slowly; with these features they learn details quickly
 * (arXiv:2006.10739, section 6.1).
 */
final class FourierFeatures extends AbstractBlock implements ScriptableBlock {

  private final int octaves;

  FourierFeatures(int octaves) {
    this.octaves = octaves;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    NDList features = new NDList(input);
    for (int k = 0; k < octaves; k++) {
      NDArray angle = input.mul((float) (Math.PI * (1 << k)));
      features.add(angle.sin());
      features.add(angle.cos());
    }
    return new NDList(NDArrays.concat(features, 1));
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.call(
        """
        def forward(self, x: Tensor) -> Tensor:
          features = [x]
          for k in range(OCTAVES):
            angle = x * (PI * 2 ** k)
            features.append(torch.sin(angle))
            features.append(torch.cos(angle))
          return torch.cat(features, 1)
        """
            .replace("OCTAVES", Integer.toString(octaves))
            .replace("PI", Double.toString(Math.PI)),
        inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1) * (1 + 2L * octaves))};
  }
}
