package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Map;

/** The weights of a trained network, such as those in a file. */
public interface WeightSource {

  /** Names the source in messages, such as {@code runs/digits-001/checkpoints/step-600}. */
  String label();

  /**
   * Reads the weights.
   *
   * @param manager owns the arrays
   * @return the arrays by the name of their parameter, in the order of the network's parameters
   * @throws IOException if the source cannot be read; the message names the file
   */
  Map<String, NDArray> read(NDManager manager) throws IOException;
}
