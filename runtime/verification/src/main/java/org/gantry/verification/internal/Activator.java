package org.gantry.verification.internal;

import java.time.Duration;
import org.gantry.verification.PluginVerifier;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Registers the {@link PluginVerifier} while this bundle is active. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  /** The system property with the milliseconds that a removed plugin may stay in memory. */
  private static final String REMOVAL_LIMIT = "gantry.plugin.removal.limit";

  private static final long DEFAULT_LIMIT = 30_000;

  @Override
  public void start(BundleContext context) {
    Duration removalLimit = Duration.ofMillis(Long.getLong(REMOVAL_LIMIT, DEFAULT_LIMIT));
    context.registerService(PluginVerifier.class, new JarVerifier(context, removalLimit), null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework unregisters the service.
  }
}
