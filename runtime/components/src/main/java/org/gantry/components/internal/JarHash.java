package org.gantry.components.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.PluginJar;
import org.gantry.host.support.Sha256;
import org.osgi.framework.Bundle;

/** Computes the hash of a bundle's jar. */
final class JarHash {

  /** The prefix of a location whose jar the framework does not copy. */
  private static final String IN_PLACE = "reference:";

  private JarHash() {}

  /** Returns the jar from which a component's bundle was installed. */
  static PluginJar of(ComponentInfo component, Bundle bundle) {
    try (InputStream in = open(bundle)) {
      return new PluginJar(bundle.getSymbolicName(), bundle.getVersion().toString(), Sha256.of(in));
    } catch (IOException | IllegalArgumentException e) {
      throw new ComponentException(
          "cannot read the jar of %s: %s".formatted(ComponentLabel.of(component), e.getMessage()),
          e);
    }
  }

  /** Opens the jar from which a bundle was installed. */
  static InputStream open(Bundle bundle) throws IOException {
    String place = bundle.getLocation();
    String url = place.startsWith(IN_PLACE) ? place.substring(IN_PLACE.length()) : place;
    return URI.create(url).toURL().openStream();
  }
}
