package org.gantry.verification;

import java.io.IOException;
import java.nio.file.Path;

/** Verifies plugins; an OSGi service. */
public interface PluginVerifier {

  /**
   * Verifies a plugin: its manifest, its classes, and each of its components by the contract of its
   * kind. Starts the tensor engine. Replaces an installed plugin of the same name in this process.
   *
   * <p>Components are created with the options in {@code samples/KIND/NAME/options.yaml} of the
   * jar, which may refer to other files in its folder, or else with their default options.
   *
   * @param jar the jar of the plugin
   * @return the results; a broken promise is a result and does not throw
   * @throws IOException if the file cannot be read or is not a jar
   */
  VerificationReport verify(Path jar) throws IOException;
}
