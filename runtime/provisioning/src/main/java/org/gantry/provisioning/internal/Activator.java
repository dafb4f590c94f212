package org.gantry.provisioning.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.BundleResolver;
import org.gantry.host.Installation;
import org.gantry.host.PluginStarter;
import org.gantry.host.StartTrial;
import org.gantry.provisioning.PluginProvisioner;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Registers the services {@link PluginProvisioner} and {@link PluginStarter}. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  /** The system property with the milliseconds that a plugin may take to start. */
  static final String START_LIMIT_PROPERTY = "gantry.plugin.start.limit";

  private static final long DEFAULT_START_LIMIT = 10_000;

  @Override
  public void start(BundleContext context) {
    ProvisioningService provisioner =
        new ProvisioningService(
            context,
            service(context, Installation.class),
            service(context, BundleResolver.class),
            () -> service(context, ComponentRegistry.class),
            Optional.ofNullable(System.getenv(StartTrial.VARIABLE)).map(Path::of),
            Duration.ofMillis(Long.getLong(START_LIMIT_PROPERTY, DEFAULT_START_LIMIT)),
            notice -> System.err.println("gantry: " + notice));
    context.registerService(PluginProvisioner.class, provisioner, null);
    context.registerService(PluginStarter.class, provisioner, null);
    provisioner.trial().ifPresent(trial -> context.registerService(StartTrial.class, trial, null));
  }

  private static <T> T service(BundleContext context, Class<T> type) {
    ServiceReference<T> reference = context.getServiceReference(type);
    T service = reference == null ? null : context.getService(reference);
    if (service == null) {
      throw new IllegalStateException(
          "this installation is incomplete: no bundle offers " + type.getName());
    }
    return service;
  }

  @Override
  public void stop(BundleContext context) {
    // The framework unregisters the services.
  }
}
