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

  private static final long DEFAULT_REMOVAL_LIMIT = 30_000;

  /** The system property with the milliseconds that a check may take. */
  private static final String CHECK_LIMIT = "gantry.plugin.check.limit";

  private static final long DEFAULT_CHECK_LIMIT = 120_000;

  @Override
  public void start(BundleContext context) {
    PluginVerifier verifier =
        new JarVerifier(
            context,
            Duration.ofMillis(Long.getLong(CHECK_LIMIT, DEFAULT_CHECK_LIMIT)),
            Duration.ofMillis(Long.getLong(REMOVAL_LIMIT, DEFAULT_REMOVAL_LIMIT)),
            notice -> System.err.println("gantry: " + notice));
    context.registerService(PluginVerifier.class, verifier, null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework unregisters the service.
  }
}
