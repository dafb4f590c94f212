package org.gantry.provisioning.internal;

import java.io.IOException;
import org.gantry.provisioning.ProvisioningException;

/**
 * What is installed.
 *
 * @param number the generation
 * @param lock its lock file
 */
record Present(int number, Lock lock) {

  static Present in(StateFolder state) {
    try {
      int number = state.current();
      return new Present(number, state.lock(number));
    } catch (IOException e) {
      throw new ProvisioningException(
          false, Told.of(e), "'gantry plugins rollback' returns to what was installed before.", e);
    }
  }
}
