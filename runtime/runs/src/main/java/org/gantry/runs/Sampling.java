package org.gantry.runs;

import java.nio.file.Path;
import java.util.List;

/**
 * A wish for samples.
 *
 * @param count how many, at least 1
 * @param seed keys the codes: the same seed, the same samples
 */
public record Sampling(int count, long seed) {

  /**
   * Draws samples through the run's sampler and writes a picture of them.
   *
   * @param picture where to; ends in {@code .png}; replaced if it exists; missing parents are created
   * @return the files written: the picture and, for data that a picture shows badly, a table of the
   *     numbers beside it
   * @throws RunException if the sampler fails or a file cannot be written
   */
  public List<Path> draw(TrainedRun run, Path picture) {
    throw new UnsupportedOperationException();
  }
}
