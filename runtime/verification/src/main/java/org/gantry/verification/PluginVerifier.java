package org.gantry.verification;

import java.io.IOException;
import java.nio.file.Path;

/** Finds out whether a plugin keeps its promises; a service of the framework. */
public interface PluginVerifier {

  /**
   * Tries a plugin: its manifest, its classes, and each of its components by the contract of its
   * kind. Starts the engine. An installed plugin of the same name gives way to it in this process.
   *
   * <p>Components are tried with their default options, or with those that the jar brings along as
   * {@code samples/KIND/NAME/options.yaml}, together with the files beside it.
   *
   * @param jar the plugin
   * @return what was tried; broken promises are part of it and no failure
   * @throws IOException if the file cannot be read or is no jar
   */
  VerificationReport verify(Path jar) throws IOException;
}
