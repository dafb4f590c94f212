package org.gantry.provisioning.internal.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.gantry.provisioning.ProvisioningException;

/** What can be said of a jar that may be anything by now. */
public final class StoredJarManifest {

  private StoredJarManifest() {}

  /** What its manifest declares, as {@code kind/name}; nothing if that cannot be read. */
  public static List<String> components(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      return file.getManifest() == null
          ? List.of()
          : PluginManifest.parse(jar.toString(), file.getManifest().getMainAttributes())
              .components()
              .stream()
              .map(component -> component.kind() + "/" + component.name())
              .sorted()
              .toList();
    } catch (IOException | ProvisioningException e) {
      return List.of();
    }
  }
}
