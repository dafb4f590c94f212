package org.gantry.provisioning.internal.trust;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The packages that the framework and the bundles of the host export.
 *
 * @param names the packages
 */
public record HostPackages(Set<String> names) implements Predicate<String> {

  public static HostPackages of(Iterable<Bundle> host) {
    Set<String> names = new HashSet<>();
    for (Bundle bundle : host) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null) {
        for (BundleCapability capability :
            revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE)) {
          names.add(
              String.valueOf(capability.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE)));
        }
      }
    }
    return new HostPackages(names);
  }

  @Override
  public boolean test(String name) {
    return names.contains(name) || name.equals("java") || name.startsWith("java.");
  }
}
