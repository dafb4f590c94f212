package org.gantry.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.components.Components;
import org.gantry.host.TensorEngine;
import org.gantry.recipes.Recipes;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** The services of the framework that this bundle runs in. */
final class FrameworkServices implements Services {

  private final BundleContext context;

  FrameworkServices(BundleContext context) {
    this.context = context;
  }

  @Override
  public Components components() {
    return service(Components.class);
  }

  @Override
  public Recipes recipes() {
    return service(Recipes.class);
  }

  @Override
  public void startEngine() {
    service(TensorEngine.class).start(0);
  }

  private <T> T service(Class<T> type) {
    ServiceReference<T> reference = context.getServiceReference(type);
    T service = reference == null ? null : context.getService(reference);
    if (service == null) {
      throw new IllegalStateException(
          "this installation is incomplete: no active bundle offers " + type.getName());
    }
    return service;
  }

  @Override
  public List<PluginInfo> plugins() {
    List<PluginInfo> plugins = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      List<String> components =
          revision == null
              ? List.of()
              : revision.getDeclaredCapabilities(Component.NAMESPACE).stream()
                  .map(BundleCapability::getAttributes)
                  .map(a -> a.get("kind") + "/" + a.get(Component.NAMESPACE))
                  .sorted()
                  .toList();
      if (!components.isEmpty()) {
        plugins.add(
            new PluginInfo(
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                bundle.getState() == Bundle.ACTIVE,
                components));
      }
    }
    plugins.sort(Comparator.comparing(PluginInfo::bundle).thenComparing(PluginInfo::version));
    return plugins;
  }
}
