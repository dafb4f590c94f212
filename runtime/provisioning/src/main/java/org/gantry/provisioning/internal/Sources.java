package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.Request.Terms;

/** Where jars come from. */
final class Sources {

  /** Gets what somebody asked for; what has to be fetched goes into a folder. */
  Fetched fetch(String what, Terms terms, Path staging) {
    Path file = Path.of(what);
    if (Files.isRegularFile(file)) {
      return new Fetched(file, file.toAbsolutePath().normalize().toString(), "");
    }
    throw ProvisioningException.refused("there is no file " + what, "Name the jar of a plugin.");
  }

  /** What to ask for to have a newer version of a plugin; empty if there is none. */
  Optional<String> newer(Locked plugin, Terms terms) throws IOException {
    Path file = Path.of(plugin.source());
    return Files.isRegularFile(file) && !Hash.of(file).equals(plugin.sha256())
        ? Optional.of(plugin.source())
        : Optional.empty();
  }
}
