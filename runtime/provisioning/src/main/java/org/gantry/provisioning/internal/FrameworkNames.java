package org.gantry.provisioning.internal;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.gantry.provisioning.internal.trust.HostNames;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The names of the running framework and its host.
 *
 * @param context of a bundle of the host
 * @param folder the folder with the bundles of the host
 */
record FrameworkNames(BundleContext context, Path folder) implements HostNames {

  @Override
  public boolean isPackage(String name) {
    return name.equals("java")
        || name.startsWith("java.")
        || bundles().anyMatch(bundle -> exports(bundle, name));
  }

  @Override
  public boolean isBundle(String name) {
    return name.equalsIgnoreCase(Constants.SYSTEM_BUNDLE_SYMBOLICNAME)
        || bundles().anyMatch(bundle -> name.equalsIgnoreCase(bundle.getSymbolicName()));
  }

  private Stream<Bundle> bundles() {
    String host = "reference:" + folder.toUri();
    return Stream.of(context.getBundles())
        .filter(b -> b.getBundleId() == 0 || b.getLocation().startsWith(host));
  }

  private static boolean exports(Bundle bundle, String name) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream()
            .map(BundleCapability::getAttributes)
            .anyMatch(attributes -> name.equals(attributes.get(BundleRevision.PACKAGE_NAMESPACE)));
  }
}
