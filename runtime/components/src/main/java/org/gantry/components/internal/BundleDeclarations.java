package org.gantry.components.internal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.component.KindInterface;
import org.gantry.components.ComponentInfo;
import org.gantry.components.KindDeclaration;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The components and kinds that an active bundle declares.
 *
 * @param bundle the bundle
 * @param components its components
 * @param kinds the kinds that it adds
 */
record BundleDeclarations(
    Bundle bundle, List<ComponentInfo> components, List<KindDeclaration> kinds) {

  private static final String EXTENDER = "osgi.extender";

  /**
   * Reads the components and kinds from a bundle's wiring. Loads no class.
   *
   * @param host the bundle of this extender
   * @return empty if the bundle does not require this extender
   */
  static Optional<BundleDeclarations> of(Bundle bundle, Bundle host) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    // The bundle may have stopped since the event; then it has no wiring.
    if (wiring == null || !isExtendedBy(wiring, host)) {
      return Optional.empty();
    }
    return Optional.of(
        new BundleDeclarations(
            bundle,
            wiring.getCapabilities(Component.NAMESPACE).stream()
                .map(capability -> info(bundle, capability))
                .toList(),
            wiring.getCapabilities(KindInterface.NAMESPACE).stream()
                .map(capability -> kind(bundle, capability))
                .toList()));
  }

  private static boolean isExtendedBy(BundleWiring wiring, Bundle host) {
    for (BundleWire wire : wiring.getRequiredWires(EXTENDER)) {
      boolean ofComponents =
          Component.NAMESPACE.equals(wire.getCapability().getAttributes().get(EXTENDER));
      if (ofComponents && wire.getProvider().getBundle().equals(host)) {
        return true;
      }
    }
    return false;
  }

  private static ComponentInfo info(Bundle bundle, BundleCapability capability) {
    Map<String, Object> attributes = capability.getAttributes();
    return new ComponentInfo(
        text(attributes, "kind"),
        text(attributes, Component.NAMESPACE),
        Objects.toString(attributes.get("version"), bundle.getVersion().toString()),
        text(attributes, "summary"),
        text(attributes, "paper"),
        list(attributes, "takes"),
        list(attributes, "gives"),
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        text(attributes, "class"));
  }

  private static KindDeclaration kind(Bundle bundle, BundleCapability capability) {
    Map<String, Object> attributes = capability.getAttributes();
    return new KindDeclaration(
        text(attributes, KindInterface.NAMESPACE),
        text(attributes, "summary"),
        text(attributes, "type"),
        bundle.getSymbolicName(),
        bundle.getVersion().toString());
  }

  private static String text(Map<String, Object> attributes, String name) {
    return Objects.toString(attributes.get(name), "");
  }

  private static List<String> list(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
