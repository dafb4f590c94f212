package org.gantry.runs.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a training loop moves forward; a session, seen from the loop. */
public interface Learner extends AutoCloseable {

  /**
   * Does a step and returns the terms and the watched values.
   *
   * @throws org.gantry.runs.RunException if a term is no longer finite
   */
  Map<String, Double> step();

  /** Draws what the networks make of the run's fixed codes. */
  void draw(Path picture) throws IOException;

  /** Writes all that is needed to continue into an empty folder. */
  void save(Path folder) throws IOException;

  @Override
  void close();
}
