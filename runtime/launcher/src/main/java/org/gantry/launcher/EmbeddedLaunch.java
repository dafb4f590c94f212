package org.gantry.launcher;

import java.nio.file.Path;
import org.gantry.embedded.EmbeddedGantry;
import org.gantry.embedded.EmbeddedStarter;
import org.gantry.embedded.GantryException;
import org.gantry.host.Installation;

/** Starts the installation for another program, which finds this class by its service file. */
public final class EmbeddedLaunch implements EmbeddedStarter {

  @Override
  public EmbeddedGantry start(Path home, Path state) {
    Installation installation =
        state == null ? Installation.forCurrentUser(home) : new Installation(home, state);
    try {
      return new RunningInstallation(Gantry.start(installation, false));
    } catch (StartException e) {
      throw new GantryException(e.getMessage(), "", e);
    }
  }
}
