package org.gantry.host;

import java.nio.file.Path;

/**
 * Where the product lies; a service of the framework.
 *
 * @param home the folder with {@code bin}, {@code lib}, {@code bundles}, {@code plugins} and {@code
 *     recipes}; absolute
 */
public record Installation(Path home) {

  /** The folder of the recipes that come with the product; it may be missing. */
  public Path recipes() {
    return home.resolve("recipes");
  }

  /** The folder of the plugins that come with the product. */
  public Path plugins() {
    return home.resolve("plugins");
  }
}
