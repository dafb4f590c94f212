package org.gantry.host;

import java.util.List;

/**
 * Starts the plugins after the bundles of the host. The bundle for provisioning registers it as a
 * service. The host runs without plugins that do not work.
 */
public interface PluginStarter {

  /**
   * Starts all enabled plugins.
   *
   * @param safeMode whether to start only the plugins that come with the product
   * @return one sentence for each plugin that does not work or was skipped
   */
  List<String> start(boolean safeMode);
}
