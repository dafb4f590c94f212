package org.gantry.runs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.gantry.data.Dataset;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.internal.SampleDrawer;
import org.gantry.runs.internal.SamplePictures;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.training.BoundComponent;

/**
 * A wish for samples.
 *
 * @param count how many, at least 1
 * @param seed keys the codes: the same seed, the same samples
 */
public record SampleRequest(int count, long seed) {

  /** Checks the count. */
  public SampleRequest {
    if (count < 1) {
      throw new RunException("the number of samples must be at least 1, not " + count);
    }
  }

  /**
   * Draws samples through the run's sampler and writes a picture of them.
   *
   * @param picture where to; ends in {@code .png}; replaced if it exists; missing parents are
   *     created
   * @return the files written: the picture and, for data that a picture shows badly, a table of the
   *     numbers beside it
   * @throws RunException if the sampler fails or a file cannot be written
   */
  public List<Path> draw(TrainedRun run, Path picture) {
    Dataset dataset = run.composed().graph().composition().dataset().component();
    return draw(run.session()::trained, run.composed().sampler(), dataset, picture);
  }

  /**
   * Draws samples of networks that belong to no run, and writes a picture of them.
   *
   * @param networks gives the networks under a seed, owned by a manager together with what they
   *     return
   * @param dataset what the samples imitate; only its fields are looked at
   * @param picture as for a run
   * @return as for a run
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
