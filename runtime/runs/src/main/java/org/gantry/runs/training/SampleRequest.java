package org.gantry.runs.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.gantry.data.Dataset;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.samples.DrawnSamples;
import org.gantry.runs.internal.samples.SampleDrawer;
import org.gantry.runs.internal.samples.SamplePictures;
import org.gantry.runs.samples.SampleInputs;
import org.gantry.runs.samples.SampleSource;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingProgress;
import org.gantry.training.BoundComponent;

/**
 * A request for pictures of samples.
 *
 * @param count the number of samples, at least 1
 * @param seed the seed of the latents; the same seed gives the same samples
 * @param inputs what to make, and of what
 * @param each whether each sample gets a picture of its own
 * @param progress follows a slow sampler
 */
public record SampleRequest(
    int count, long seed, SampleInputs inputs, boolean each, SamplingProgress progress) {

  /** A request for one picture of the usual use of the networks, with inputs from the data. */
  public SampleRequest(int count, long seed) {
    this(count, seed, SampleInputs.FROM_DATA, false, SamplingProgress.NONE);
  }

  /** Checks the count. */
  public SampleRequest {
    if (count < 1) {
      throw new RunException("the number of samples must be at least 1, not " + count);
    }
  }

  /**
   * Draws samples with the sampler of the recipe and writes a picture of them.
   *
   * @param picture the file to write, ending in {@code .png} or {@code .gif}, or the folder for
   *     each picture; replaced if it exists; missing parents are created
   * @return the written files: the picture and, for data that a picture does not show well, a table
   *     of the values next to it
   * @throws RunException if the sampler fails or a file cannot be written
   */
  public List<Path> draw(SampleSource source, Path picture) {
    return draw(source, source.sampler(), picture);
  }

  /**
   * Draws samples with another sampler and writes a picture of them, as {@link #draw(SampleSource,
   * Path)} does.
   */
  public List<Path> draw(SampleSource source, BoundComponent<Sampler> sampler, Path picture) {
    Dataset dataset = source.imitatedData(inputs.use());
    String caption = source.weights();
    try (NDManager manager = source.newManager()) {
      Files.createDirectories(each ? picture : picture.toAbsolutePath().getParent());
      DrawnSamples drawn = drawTogether(source, sampler, manager);
      return each
          ? SamplePictures.writeEach(drawn.samples(), dataset, caption, picture)
          : SamplePictures.write(drawn, dataset, sampler.component().rowLength(), caption, picture);
    } catch (IOException e) {
      throw new RunException("cannot write the picture " + picture + ": " + ErrorText.of(e), e);
    }
  }

  /**
   * Draws samples with the sampler of the recipe and keeps them in memory.
   *
   * @param use receives the samples, which are freed when it returns
   * @return what it returns
   * @throws RunException if the sampler fails
   */
  public <T> T draw(SampleSource source, Function<SampleResult, T> use) {
    BoundComponent<Sampler> sampler = source.sampler();
    try (NDManager manager = source.newManager()) {
      return use.apply(
          new SampleResult(
              drawTogether(source, sampler, manager),
              source.imitatedData(inputs.use()),
              sampler.component().rowLength(),
              source.weights()));
    }
  }

  private DrawnSamples drawTogether(
      SampleSource source, BoundComponent<Sampler> sampler, NDManager manager) {
    return SampleDrawer.drawTogether(
        manager, source::trainedModel, sampler, inputs, count, seed, progress);
  }
}
