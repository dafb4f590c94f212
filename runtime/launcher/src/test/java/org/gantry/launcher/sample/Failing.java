package org.gantry.launcher.sample;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that does not start. */
public final class Failing implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    throw new IllegalStateException("the moon is full");
  }

  @Override
  public void stop(BundleContext context) {}
}
