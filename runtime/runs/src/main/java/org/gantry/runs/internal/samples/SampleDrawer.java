package org.gantry.runs.internal.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gantry.runs.RunException;
import org.gantry.runs.samples.SampleInputs;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.SamplingRequest;
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

  /** Draws samples in one call, as the method below does, and reports no progress. */
  public static DrawnSamples drawTogether(
      NDManager into,
      NetworkSource source,
      BoundComponent<Sampler> sampler,
      SampleInputs inputs,
      int count,
      long seed) {
    return drawTogether(into, source, sampler, inputs, count, seed, SamplingProgress.NONE);
  }

  /**
   * Draws samples in one call, for samplers whose samples depend on each other, such as
   * interpolations between latents.
   *
   * @param into the manager that owns the result
   * @param seed the same seed gives the same samples
   * @param progress follows a slow sampler
   * @return the samples, without recording gradients
   * @throws RunException if the sampler fails or returns another number of samples
   */
  public static DrawnSamples drawTogether(
      NDManager into,
      NetworkSource source,
      BoundComponent<Sampler> sampler,
      SampleInputs inputs,
      int count,
      long seed,
      SamplingProgress progress) {
    boolean recording = Autograd.setRecording(false);
    try (NDManager manager = into.newSubManager()) {
      return draw(into, source.trained(manager, seed), sampler, inputs, 0, count, progress);
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
   * @return the samples, without recording gradients
   * @throws RunException if the sampler fails or returns another number of samples
   */
  public static DrawnSamples drawInChunks(
      NDManager into,
      NetworkSource source,
      BoundComponent<Sampler> sampler,
      SampleInputs inputs,
      int count,
      long seed) {
    boolean recording = Autograd.setRecording(false);
    try (NDManager manager = into.newSubManager()) {
      List<DrawnSamples> chunks = new ArrayList<>();
      for (int done = 0; done < count; done += CHUNK) {
        long chunkSeed = new RandomStreams(seed).at("samples", done / CHUNK).nextLong();
        try (NDManager networks = into.newSubManager()) {
          TrainedModel trained = source.trained(networks, chunkSeed);
          int size = Math.min(CHUNK, count - done);
          chunks.add(draw(manager, trained, sampler, inputs, done, size, SamplingProgress.NONE));
        }
      }
      Map<String, NDArray> fields = new LinkedHashMap<>();
      for (String name : chunks.get(0).fields().keySet()) {
        fields.put(name, join(chunks, c -> c.fields().get(name), into));
      }
      return new DrawnSamples(
          chunks.get(0).use(), join(chunks, DrawnSamples::samples, into), fields);
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private static NDArray join(
      List<DrawnSamples> chunks, Function<DrawnSamples, NDArray> part, NDManager into) {
    NDList parts = new NDList();
    chunks.forEach(chunk -> parts.add(part.apply(chunk)));
    NDArray all = NDArrays.concat(parts);
    all.attach(into);
    return all;
  }

  private static DrawnSamples draw(
      NDManager into,
      TrainedModel trained,
      BoundComponent<Sampler> sampler,
      SampleInputs inputs,
      int first,
      int count,
      SamplingProgress progress) {
    ModelUse use = use(trained, inputs.use());
    Map<String, NDArray> chosen = inputs.values(use, first, count, trained.manager());
    Map<String, NDArray> fields = new LinkedHashMap<>();
    boolean complete =
        use.inputs().stream()
            .filter(ModelInput::fromData)
            .allMatch(i -> chosen.containsKey(i.name()));
    if (!complete || chosen.isEmpty()) {
      fields.putAll(trained.drawFields(use, count));
    }
    // What the data pair with their own fields does not belong to chosen ones.
    if (!chosen.isEmpty()) {
      use.counterpart().ifPresent(c -> fields.remove(c.name()));
    }
    fields.putAll(chosen);
    try {
      NDArray samples =
          requireFloats(
              sampler
                  .component()
                  .sample(new SamplingRequest(trained, use, count, fields, progress)),
              sampler,
              count);
      samples.attach(into);
      fields.values().forEach(field -> field.attach(into));
      return new DrawnSamples(use, samples, fields);
    } catch (RunException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new RunException(sampler.origin().label() + " failed: " + e.getMessage(), e);
    }
  }

  private static ModelUse use(TrainedModel trained, String name) {
    List<ModelUse> uses = trained.uses();
    if (uses.isEmpty()) {
      throw new RunException(
          "the topology states no use of its networks, so there is nothing to sample");
    }
    return uses.stream()
        .filter(use -> name.isEmpty() || use.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    "the run cannot make '%s'; it can make %s"
                        .formatted(
                            name,
                            uses.stream().map(ModelUse::name).collect(Collectors.joining(", ")))));
  }

  private static NDArray requireFloats(
      NDArray samples, BoundComponent<Sampler> sampler, int count) {
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
