package org.gantry.runs.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.gantry.runs.RunException;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.Trained;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.Bound;

/** Any number of samples, made a few at a time so that memory stays small. */
public final class Draws {

  private static final int CHUNK = 256;

  private Draws() {}

  /** The networks of a run under a seed, owning what they return. */
  @FunctionalInterface
  public interface Source {

    /** The networks for use. */
    Trained trained(NDManager manager, long seed);
  }

  /**
   * Draws samples.
   *
   * @param into owns the result
   * @param seed the same seed gives the same samples, and the first of many are the first of more
   *     as far as whole chunks of 256 go
   * @return shape (count, ...) of float32, recorded without gradients
   * @throws RunException if the sampler fails or gives another number of samples
   */
  public static NDArray draw(
      NDManager into, Source source, Bound<Sampler> sampler, int count, long seed) {
    boolean recording = Autograd.recording(false);
    try (NDManager held = into.newSubManager()) {
      NDList chunks = new NDList();
      for (int done = 0; done < count; done += CHUNK) {
        try (NDManager manager = held.newSubManager()) {
          long chunkSeed = new RandomStreams(seed).at("samples", done / CHUNK).nextLong();
          Trained trained = source.trained(manager, chunkSeed);
          NDArray samples = sample(sampler, trained, Math.min(CHUNK, count - done));
          samples.attach(held);
          chunks.add(samples);
        }
      }
      NDArray all = chunks.size() == 1 ? chunks.get(0) : NDArrays.concat(chunks);
      all.attach(into);
      return all;
    } finally {
      Autograd.recording(recording);
    }
  }

  private static NDArray sample(Bound<Sampler> sampler, Trained trained, int count) {
    NDArray samples;
    try {
      samples = sampler.component().sample(trained, count);
    } catch (RuntimeException e) {
      throw new RunException(sampler.origin().label() + " failed: " + e.getMessage(), e);
    }
    if (samples.getShape().dimension() == 0 || samples.getShape().get(0) != count) {
      throw new RunException(
          sampler.origin().label()
              + " gave an array of shape "
              + samples.getShape()
              + " when asked for "
              + count
              + " samples");
    }
    return samples.getDataType() == DataType.FLOAT32
        ? samples
        : samples.toType(DataType.FLOAT32, false);
  }
}
