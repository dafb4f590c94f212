package org.gantry.cli;

import java.util.List;

/**
 * An installed plugin.
 *
 * @param bundle its symbolic name
 * @param version its version
 * @param active whether its components can be used
 * @param components what it contributes, as {@code kind/name}
 */
record PluginInfo(String bundle, String version, boolean active, List<String> components) {

  PluginInfo {
    components = List.copyOf(components);
  }
}
