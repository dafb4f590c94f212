package org.gantry.host;

import java.util.List;

/**
 * Starts the plugins when the bundles of the host have started; a service that the bundle with the
 * provisioning registers. Whatever is wrong with a plugin, the host goes on without it.
 */
public interface PluginStarter {

  /**
   * Starts all plugins that are to be started.
   *
   * @param safeMode whether to start only those that come with the product
   * @return what does not work or was left out, one sentence each
   */
  List<String> start(boolean safeMode);
}
