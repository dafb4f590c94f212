package org.gantry.optimizer;

import java.util.List;

/** Updates the parameters of one player by their gradients. Each player has its own instance. */
public interface Optimizer {

  /**
   * Returns the names of the state arrays of each parameter, such as {@code m} and {@code v}. The
   * session creates these arrays and saves them in checkpoints.
   */
  List<String> slots();

  /**
   * Updates the parameters in place. Gradient recording is off. An optimizer must not keep arrays
   * after the call.
   */
  void update(ParameterUpdate update);
}
