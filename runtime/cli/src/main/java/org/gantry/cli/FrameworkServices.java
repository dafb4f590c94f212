package org.gantry.cli;

import java.nio.file.Path;
import org.gantry.components.Components;
import org.gantry.host.Installation;
import org.gantry.host.TensorEngine;
import org.gantry.provisioning.Provisioning;
import org.gantry.recipes.Recipes;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

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

  @Override
  public Path program() {
    return service(Installation.class).home().resolve("bin/gantry");
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
  public Provisioning provisioning() {
    return service(Provisioning.class);
  }
}
