package org.gantry.launcher.sample;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that never stops. */
public final class Stubborn implements BundleActivator {

  @Override
  public void start(BundleContext context) {}

  @Override
  public void stop(BundleContext context) throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
