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

/** Samples of a run, by its sampler. */
public final class SampleDrawer {

  private static final int CHUNK = 256;

  private SampleDrawer() {}

  /** The networks of a run under a seed, owning what they return. */
  @FunctionalInterface
  public interface NetworkSource {

    /** The networks for use. */
    TrainedModel trained(NDManager manager, long seed);
  }

  /**
   * Draws samples that belong together, such as those of a path from one code to another.
   *
   * @param into owns the result
   * @param seed the same seed gives the same samples
   * @return shape (count, ...) of float32, recorded without gradients
   * @throws RunException if the sampler fails or gives another number of samples
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
   * Draws many samples to be judged, 256 at a time, so that memory stays small whatever the sampler
   * does. Each chunk has a seed of its own.
   *
   * @param into owns the result
   * @param seed the same seed gives the same samples
   * @return shape (count, ...) of float32, recorded without gradients
   * @throws RunException if the sampler fails or gives another number of samples
   */
  public static NDArray drawInChunks(
      NDManager into, NetworkSource source, BoundComponent<Sampler> sampler, int count, long seed) {
    try (NDManager manager = into.newSubManager()) {
      NDList chunks = new NDList();
      for (int done = 0; done < count; done += CHUNK) {
        long own = new RandomStreams(seed).at("samples", done / CHUNK).nextLong();
        chunks.add(drawTogether(manager, source, sampler, Math.min(CHUNK, count - done), own));
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
