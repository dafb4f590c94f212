package org.gantry.verification.internal;

import java.time.Duration;
import org.gantry.verification.PluginVerifier;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Offers the service. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  /** The property that says how many milliseconds a removed plugin may stay in memory. */
  private static final String REMOVAL_LIMIT = "gantry.plugin.removal.limit";

  private static final long USUAL_LIMIT = 30_000;

  @Override
  public void start(BundleContext context) {
    Duration patience = Duration.ofMillis(Long.getLong(REMOVAL_LIMIT, USUAL_LIMIT));
    context.registerService(PluginVerifier.class, new JarVerifier(context, patience), null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes the service back itself.
  }
}
