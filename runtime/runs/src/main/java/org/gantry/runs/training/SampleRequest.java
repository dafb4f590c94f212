package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.gantry.data.Dataset;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.samples.SampleDrawer;
import org.gantry.runs.internal.samples.SamplePictures;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.training.BoundComponent;

/**
 * A request for a picture of samples.
 *
 * @param count the number of samples, at least 1
 * @param seed the seed of the latents; the same seed gives the same samples
 */
public record SampleRequest(int count, long seed) {

  /** Checks the count. */
  public SampleRequest {
    if (count < 1) {
      throw new RunException("the number of samples must be at least 1, not " + count);
    }
  }

  /**
   * Draws samples with the sampler of a run and writes a picture of them.
   *
   * @param picture the file to write, ending in {@code .png}; replaced if it exists; missing
   *     parents are created
   * @return the written files: the picture and, for data that a picture does not show well, a table
   *     of the values next to it
   * @throws RunException if the sampler fails or a file cannot be written
   */
  public List<Path> draw(TrainedRun run, Path picture) {
    Dataset dataset = run.composed().graph().composition().dataset().component();
    return draw(run.session()::trainedModel, run.composed().sampler(), dataset, picture);
  }

  /**
   * Draws samples of networks that do not belong to a run, and writes a picture of them.
   *
   * @param networks gives the networks for a seed; they and their results belong to the manager
   * @param dataset the data that the samples imitate; only its fields are used
   * @param picture the file to write, ending in {@code .png}; replaced if it exists; missing
   *     parents are created
   * @return the written files: the picture and, for data that a picture does not show well, a table
   *     of the values next to it
   * @throws RunException if the sampler fails or a file cannot be written
   */
  public List<Path> draw(
      BiFunction<NDManager, Long, TrainedModel> networks,
      BoundComponent<Sampler> sampler,
      Dataset dataset,
      Path picture) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Files.createDirectories(picture.toAbsolutePath().getParent());
      NDArray samples = SampleDrawer.drawTogether(manager, networks::apply, sampler, count, seed);
      return SamplePictures.write(samples, dataset, picture);
    } catch (IOException e) {
      throw new RunException("cannot write the picture " + picture + ": " + ErrorText.of(e), e);
    }
  }
}
