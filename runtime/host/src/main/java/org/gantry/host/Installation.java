package org.gantry.host;

import java.nio.file.Path;

/**
 * The folders of the product and of its user's plugins. A service of the framework.
 *
 * @param home the absolute folder with {@code bin}, {@code lib}, {@code bundles}, {@code plugins},
 *     {@code recipes} and {@code repository}; Gantry never writes to it
 * @param state the absolute folder with the installed plugins and their settings; created when
 *     needed
 */
public record Installation(Path home, Path state) {

  /** The environment variable with the state folder. */
  public static final String STATE_VARIABLE = "GANTRY_STATE";

  /**
   * An installation with the state of the current user, in the folder that {@link #STATE_VARIABLE}
   * names, or else in {@code .gantry} in the user's home.
   */
  public static Installation forCurrentUser(Path home) {
    String named = System.getenv(STATE_VARIABLE);
    Path state =
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".gantry")
            : Path.of(named);
    return new Installation(home.toAbsolutePath().normalize(), state.toAbsolutePath().normalize());
  }

  /** The folder of the bundled recipes; may be missing. */
  public Path recipes() {
    return home.resolve("recipes");
  }

  /** The folder of the host's own bundles. */
  public Path bundles() {
    return home.resolve("bundles");
  }

  /** The folder of the product's own plugins. */
  public Path plugins() {
    return home.resolve("plugins");
  }

  /** The folder of the product's repository of further plugins; may be missing. */
  public Path repository() {
    return home.resolve("repository");
  }
}
