package org.gantry.plugin.randomsampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.function.IntFunction;
import org.gantry.component.UnusableComponentException;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/** Draws latent codes and decodes them to samples. */
final class LatentCodes {

  private static final String GENERATOR = "generator";

  /** The largest batch of one application, which bounds the memory. */
  private static final int CHUNK = 256;

  private LatentCodes() {}

  /** Draws one code from the prior. It depends only on the seed and the index. */
  static float[] draw(TrainedModel trained, int index) {
    FloatBuffer code = FloatBuffer.allocate(Math.toIntExact(trained.prior().shape().size()));
    trained.prior().draw(trained.randomStreams().at("codes", index), code);
    return code.array();
  }

  /**
   * Applies the generator to codes.
   *
   * @param code returns the code of each sample
   * @return shape (count, ...); it belongs to the manager of the run
   */
  static NDArray decode(TrainedModel trained, int count, IntFunction<float[]> code) {
    if (!trained.roles().contains(GENERATOR)) {
      throw new UnusableComponentException(
          "the run has no network in the role generator, only in "
              + String.join(", ", trained.roles()));
    }
    try (NDList chunks = new NDList()) {
      for (int first = 0; first < count; first += CHUNK) {
        chunks.add(decode(trained, first, Math.min(CHUNK, count - first), code));
      }
      NDArray samples = chunks.size() == 1 ? chunks.remove(0) : NDArrays.concat(chunks);
      samples.attach(trained.manager());
      return samples;
    }
  }

  private static NDArray decode(
      TrainedModel trained, int first, int count, IntFunction<float[]> code) {
    Shape shape = new Shape(count).addAll(trained.prior().shape());
    try (NDArray codes =
        FloatArrays.fill(
            trained.manager(),
            shape,
            buffer -> {
              for (int i = first; i < first + count; i++) {
                buffer.put(code.apply(i));
              }
            })) {
      NDList outputs = trained.apply(GENERATOR, codes);
      NDArray image = outputs.remove(0);
      outputs.close();
      return image;
    }
  }
}
