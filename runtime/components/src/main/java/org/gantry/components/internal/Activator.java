package org.gantry.components.internal;

import org.gantry.components.ComponentRegistry;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.BundleTracker;

/** Extends bundles while this bundle is active. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  private BundleTracker<BundleDeclarations> tracker;

  @Override
  public void start(BundleContext context) {
    // A component's constructor runs once: classes generated to call it faster would never pay, and
    // defining them beside a bundle's own classes takes JDK internals that are on their way out.
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
