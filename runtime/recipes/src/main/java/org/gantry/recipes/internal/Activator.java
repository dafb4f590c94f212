package org.gantry.recipes.internal;

import java.nio.file.Path;
import org.gantry.components.Components;
import org.gantry.recipes.Recipes;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/** Offers {@link Recipes} as long as there is {@link Components}. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  /** The framework property that names the folder of the distribution. */
  private static final String HOME = "gantry.home";

  private ServiceTracker<Components, ServiceRegistration<Recipes>> tracker;

  @Override
  public void start(BundleContext context) {
    String home = context.getProperty(HOME);
    Path bundled = Path.of(home == null ? "" : home, "recipes").toAbsolutePath();
    Path workingFolder = Path.of("").toAbsolutePath();
    tracker =
        new ServiceTracker<>(context, Components.class, null) {
          @Override
          public ServiceRegistration<Recipes> addingService(ServiceReference<Components> found) {
            Recipes recipes = new RecipeService(context.getService(found), bundled, workingFolder);
            return context.registerService(Recipes.class, recipes, null);
          }

          @Override
          public void removedService(
              ServiceReference<Components> gone, ServiceRegistration<Recipes> registration) {
            registration.unregister();
            context.ungetService(gone);
          }
        };
    tracker.open();
  }

  @Override
  public void stop(BundleContext context) {
    tracker.close();
  }
}
