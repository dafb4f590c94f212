package org.gantry.recipes.internal;

import java.nio.file.Path;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.Installation;
import org.gantry.host.TensorEngine;
import org.gantry.recipes.Recipes;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/** Registers {@link Recipes} while a {@link ComponentRegistry} is registered. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  private ServiceTracker<ComponentRegistry, ServiceRegistration<Recipes>> tracker;

  @Override
  public void start(BundleContext context) {
    tracker =
        new ServiceTracker<>(context, ComponentRegistry.class, null) {
          @Override
          public ServiceRegistration<Recipes> addingService(
              ServiceReference<ComponentRegistry> found) {
            Recipes recipes =
                new RecipeService(
                    context.getService(found),
                    service(context, Installation.class).recipes(),
                    Path.of("").toAbsolutePath(),
                    () -> service(context, TensorEngine.class).start(0));
            return context.registerService(Recipes.class, recipes, null);
          }

          @Override
          public void removedService(
              ServiceReference<ComponentRegistry> gone, ServiceRegistration<Recipes> registration) {
            registration.unregister();
            context.ungetService(gone);
          }
        };
    tracker.open();
  }

  /** Returns a service that the launcher registers before it starts any bundle. */
  private static <T> T service(BundleContext context, Class<T> type) {
    ServiceReference<T> reference = context.getServiceReference(type);
    if (reference == null) {
      throw new IllegalStateException("the launcher did not register " + type.getName());
    }
    return context.getService(reference);
  }

  @Override
  public void stop(BundleContext context) {
    tracker.close();
  }
}
