package org.gantry.provisioning.internal.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gantry.components.PluginJar;
import org.gantry.host.support.Sha256;

/**
 * A plugin that comes with the product.
 *
 * @param jar its file
 * @param name the symbolic name of its bundle
 * @param version the version of its bundle
 * @param components what it contributes, as {@code kind/name}
 */
public record ProductPlugin(Path jar, String name, String version, List<String> components) {

  public String id() {
    return name + " " + version;
  }

  public PluginJar pluginJar() throws IOException {
    return new PluginJar(name, version, Sha256.of(jar));
  }
}
