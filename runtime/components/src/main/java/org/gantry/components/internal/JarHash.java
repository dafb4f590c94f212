package org.gantry.components.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.PluginJar;
import org.gantry.host.support.Sha256;
import org.osgi.framework.Bundle;

/** What a bundle's jar is, to the last byte. */
final class JarHash {

  /** The framework reads such a jar where it lies. */
  private static final String IN_PLACE = "reference:";

  private JarHash() {}

  /** The jar at the place that a component's bundle was installed from. */
  static PluginJar of(ComponentInfo component, Bundle bundle) {
    String place = bundle.getLocation();
    String url = place.startsWith(IN_PLACE) ? place.substring(IN_PLACE.length()) : place;
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new PluginJar(bundle.getSymbolicName(), bundle.getVersion().toString(), Sha256.of(in));
    } catch (IOException | IllegalArgumentException e) {
      throw new ComponentException(
          "the jar of %s cannot be read: %s"
              .formatted(ComponentLabel.of(component), e.getMessage()),
          e);
    }
  }
}
