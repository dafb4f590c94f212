package org.gantry.embedded;

import java.nio.file.Path;

/**
 * Starts an installation. The launcher of each installation has an implementation; programs call
 * {@link EmbeddedGantry#open(Path)}.
 */
public interface EmbeddedStarter {

  /**
   * Starts the installation.
   *
   * @param home its absolute folder
   * @param state the absolute folder with the installed plugins; null for that of the current user
   * @throws GantryException if it does not start
   */
  EmbeddedGantry start(Path home, Path state);
}
