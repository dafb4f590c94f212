package org.gantry.host;

import java.nio.file.Path;

/**
 * Where the product and what its user added to it lie; a service of the framework.
 *
 * @param home the folder with {@code bin}, {@code lib}, {@code bundles}, {@code plugins}, {@code
 *     recipes} and {@code repository}; absolute. Nothing is ever written there.
 * @param state the folder with the plugins that were installed, and what is known of them;
 *     absolute. It may be missing, and is created when something is to be kept.
 */
public record Installation(Path home, Path state) {

  /** The variable of the environment that names the folder with the state. */
  public static final String STATE_VARIABLE = "GANTRY_STATE";

  /**
   * An installation with the state of the user at work: in the folder that the environment names,
   * or else in {@code .gantry} in the user's home.
   */
  public static Installation forCurrentUser(Path home) {
    String named = System.getenv(STATE_VARIABLE);
    Path state =
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".gantry")
            : Path.of(named);
    return new Installation(home.toAbsolutePath().normalize(), state.toAbsolutePath().normalize());
  }

  /** The folder of the recipes that come with the product; it may be missing. */
  public Path recipes() {
    return home.resolve("recipes");
  }

  /** The folder of the bundles of the host itself. */
  public Path bundles() {
    return home.resolve("bundles");
  }

  /** The folder of the plugins that come with the product and are always there. */
  public Path plugins() {
    return home.resolve("plugins");
  }

  /** The folder of the plugins that come with the product and can be installed; may be missing. */
  public Path repository() {
    return home.resolve("repository");
  }
}
