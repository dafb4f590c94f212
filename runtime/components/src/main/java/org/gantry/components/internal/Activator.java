package org.gantry.components.internal;

import org.gantry.components.Components;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.BundleTracker;

/** Extends bundles while this bundle is active. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  private BundleTracker<Declarations> tracker;

  @Override
  public void start(BundleContext context) {
    // A component's constructor runs once: classes generated to call it faster would never pay, and
    // defining them beside a bundle's own classes takes JDK internals that are on their way out.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    tracker = Extender.track(context);
    tracker.open();
    context.registerService(Components.class, new Extender(tracker), null);
  }

  @Override
  public void stop(BundleContext context) {
    tracker.close();
  }
}
