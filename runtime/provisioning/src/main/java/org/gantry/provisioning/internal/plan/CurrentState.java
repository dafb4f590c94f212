package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.ProvisioningException;

/**
 * What is installed.
 *
 * @param number the generation
 * @param lock its lock file
 */
public record CurrentState(int number, LockFile lock) {

  public static CurrentState read(StateFolder state) {
    try {
      int number = state.currentGeneration();
      return new CurrentState(number, state.lock(number));
    } catch (IOException e) {
      throw new ProvisioningException(
          false,
          ErrorText.of(e),
          "'gantry plugins rollback' returns to what was installed before.",
          e);
    }
  }
}
