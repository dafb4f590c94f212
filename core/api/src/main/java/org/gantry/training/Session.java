package org.gantry.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.gantry.sampler.Trained;

/**
 * One training under way: the parameters, what optimizers and regularizers keep, and the position
 * in the random streams. Used by one thread at a time; several sessions can train in one process.
 */
public final class Session implements AutoCloseable {

  private Session() {}

  /** Allocates and initialises everything, at step 0. */
  public static Session open(TrainingGraph graph) {
    throw new UnsupportedOperationException();
  }

  /** How many steps have been done. */
  public long steps() {
    throw new UnsupportedOperationException();
  }

  /**
   * Does one step: every phase of the plan.
   *
   * @return the terms, by {@code player/term}, then the watched values, in a fixed order
   */
  public Map<String, Double> step() {
    throw new UnsupportedOperationException();
  }

  /**
   * The networks for use, with averaged weights where a regularizer keeps them.
   *
   * @param manager owns what the networks return
   * @param seed keys the random streams
   */
  public Trained trained(NDManager manager, long seed) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes all that is needed to continue: one safetensors file per network, and the rest of the
   * state.
   *
   * @param folder exists and is empty
   */
  public void save(Path folder) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Puts the session where it was when the folder was saved.
   *
   * @throws IOException if a file is missing, cut short, or does not match the graph, saying which
   */
  public void restore(Path folder) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
