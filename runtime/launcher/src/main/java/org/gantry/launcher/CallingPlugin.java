package org.gantry.launcher;

import java.util.List;
import java.util.Optional;
import org.gantry.host.BundleStart;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Finds the component or the plugin that classes of a stack belong to.
 *
 * @param context of the running framework
 */
record CallingPlugin(BundleContext context) {

  /** The namespace of the capabilities that are components. */
  static final String COMPONENT = "gantry.component";

  /**
   * Names the innermost component among the callers, or else the innermost plugin.
   *
   * @param classNames the names of the classes on the stack, the innermost first
   */
  Optional<String> name(List<String> classNames) {
    Optional<String> plugin = Optional.empty();
    for (String name : classNames) {
      int nested = name.indexOf('$');
      String type = nested < 0 ? name : name.substring(0, nested);
      for (Bundle bundle : context.getBundles()) {
        if (!isPlugin(bundle)) {
          continue;
        }
        Optional<String> component = component(bundle, type);
        if (component.isPresent()) {
          return component;
        }
        if (plugin.isEmpty() && bundle.getEntry(type.replace('.', '/') + ".class") != null) {
          plugin = Optional.of("the plugin " + id(bundle));
        }
      }
    }
    return plugin;
  }

  private static boolean isPlugin(Bundle bundle) {
    return bundle.getBundleId() != 0
        && bundle.getState() != Bundle.UNINSTALLED
        && bundle.adapt(BundleStartLevel.class).getStartLevel() != BundleStart.HOST_LEVEL;
  }

  private static Optional<String> component(Bundle bundle, String type) {
    return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(COMPONENT).stream()
        .map(BundleCapability::getAttributes)
        .filter(attributes -> type.equals(attributes.get("class")))
        .map(attributes -> attributes.get("kind") + "/" + attributes.get(COMPONENT))
        .map(name -> "the component " + name + " of " + id(bundle))
        .findFirst();
  }

  static String id(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }
}
