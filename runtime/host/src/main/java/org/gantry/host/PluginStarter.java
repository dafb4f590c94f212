package org.gantry.host;

import java.util.List;

/**
 * Starts the plugins after the bundles of the host. The bundle for provisioning registers it as a
 * service. The host runs without plugins that do not work.
 */
public interface PluginStarter {

  /**
   * How a start went.
   *
   * @param problems one sentence for each plugin that does not work or was skipped
   * @param damaged whether a plugin stopped the framework or other bundles; the next start leaves
   *     that plugin out
   */
  record StartReport(List<String> problems, boolean damaged) {

    /** Copies the problems. */
    public StartReport {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Starts all enabled plugins.
   *
   * @param safeMode whether to start only the plugins that come with the product
   */
  StartReport start(boolean safeMode);
}
