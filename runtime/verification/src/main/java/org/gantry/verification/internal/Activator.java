package org.gantry.verification.internal;

import org.gantry.verification.Verification;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Offers the service. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    context.registerService(Verification.class, new JarVerification(context), null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes the service back itself.
  }
}
