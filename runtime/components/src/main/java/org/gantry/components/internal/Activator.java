package org.gantry.components.internal;

import org.gantry.components.ComponentRegistry;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.BundleTracker;

/** Registers the {@link ComponentRegistry} while this bundle is active. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  private BundleTracker<BundleDeclarations> tracker;

  @Override
  public void start(BundleContext context) {
    // Guice must not generate classes to call constructors. Each constructor runs only once, and
    // defining a class in another bundle needs JDK internals that are deprecated for removal.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    tracker = ComponentExtender.track(context);
    tracker.open();
    context.registerService(ComponentRegistry.class, new ComponentExtender(tracker), null);
  }

  @Override
  public void stop(BundleContext context) {
    tracker.close();
  }
}
