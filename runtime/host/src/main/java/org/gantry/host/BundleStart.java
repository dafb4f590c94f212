package org.gantry.host;

import org.osgi.framework.Bundle;

/** How bundles start in the framework. */
public final class BundleStart {

  /** The start level of the host's own bundles: they start before the plugins and stop after. */
  public static final int HOST_LEVEL = 1;

  /** The start level of plugins. */
  public static final int PLUGIN_LEVEL = 2;

  /**
   * The options of {@link Bundle#start(int)}: for this process only, and lazily where a bundle asks
   * for it.
   */
  public static final int OPTIONS = Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY;

  private BundleStart() {}
}
