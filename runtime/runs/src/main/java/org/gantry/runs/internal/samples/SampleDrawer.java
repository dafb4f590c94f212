package org.gantry.runs.internal.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.gantry.runs.RunException;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.BoundComponent;

/** Draws samples of trained networks with a sampler. */
public final class SampleDrawer {

  private static final int CHUNK = 256;

  private SampleDrawer() {}

  /** Gives trained networks for a seed. */
  @FunctionalInterface
  public interface NetworkSource {

    /** The networks for a seed; they and their results belong to the manager. */
    TrainedModel trained(NDManager manager, long seed);
  }

  /**
   * Draws samples in one call, for samplers whose samples depend on each other, such as
   * interpolations between latents.
   *
   * @param into the manager that owns the result
   * @param seed the same seed gives the same samples
   * @return shape (count, ...) of float32, without recording gradients
   * @throws RunException if the sampler fails or returns another number of samples
   */
  public static NDArray drawTogether(
      NDManager into, NetworkSource source, BoundComponent<Sampler> sampler, int count, long seed) {
    boolean recording = Autograd.setRecording(false);
    try (NDManager manager = into.newSubManager()) {
      NDArray samples = sample(sampler, source.trained(manager, seed), count);
      samples.attach(into);
      return samples;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /**
   * Draws many samples in chunks of 256, which limits the memory that the sampler needs. Each chunk
   * has its own seed.
   *
   * @param into the manager that owns the result
   * @param seed the same seed gives the same samples
   * @return shape (count, ...) of float32, without recording gradients
   * @throws RunException if the sampler fails or returns another number of samples
   */
  public static NDArray drawInChunks(
      NDManager into, NetworkSource source, BoundComponent<Sampler> sampler, int count, long seed) {
    try (NDManager manager = into.newSubManager()) {
      NDList chunks = new NDList();
      for (int done = 0; done < count; done += CHUNK) {
        long chunkSeed = new RandomStreams(seed).at("samples", done / CHUNK).nextLong();
        chunks.add(
            drawTogether(manager, source, sampler, Math.min(CHUNK, count - done), chunkSeed));
      }
      NDArray all = NDArrays.concat(chunks);
      all.attach(into);
      return all;
    }
  }

  private static NDArray sample(BoundComponent<Sampler> sampler, TrainedModel trained, int count) {
    NDArray samples;
    try {
      samples = sampler.component().sample(trained, count);
    } catch (RuntimeException e) {
      throw new RunException(sampler.origin().label() + " failed: " + e.getMessage(), e);
    }
    if (samples.getShape().dimension() == 0 || samples.getShape().get(0) != count) {
      throw new RunException(
          sampler.origin().label()
              + " returned an array of shape "
              + samples.getShape()
              + " for "
              + count
              + " samples");
    }
    return samples.getDataType() == DataType.FLOAT32
        ? samples
        : samples.toType(DataType.FLOAT32, false);
  }
}
