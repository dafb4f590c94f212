package org.gantry.components.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.PluginJar;
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
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(URI.create(url).toURL().openStream(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | IllegalArgumentException e) {
      throw new ComponentException(
          "the jar of %s cannot be read: %s"
              .formatted(ComponentLabel.of(component), e.getMessage()),
          e);
    }
    return new PluginJar(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform offers SHA-256", e);
    }
  }
}
