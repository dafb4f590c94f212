package org.gantry.provisioning.internal.executor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * The bundles that were active before a plugin started. A plugin can stop or uninstall them, and
 * even stop the framework.
 *
 * @param system the system bundle
 * @param framework the unique name of the framework
 * @param active the other active bundles
 */
record FrameworkSnapshot(Bundle system, String framework, List<Bundle> active) {

  private static final int MOST_NAMES = 3;

  FrameworkSnapshot {
    active = List.copyOf(active);
  }

  static FrameworkSnapshot of(BundleContext context) {
    return new FrameworkSnapshot(
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION),
        context.getProperty(Constants.FRAMEWORK_UUID),
        Stream.of(context.getBundles())
            .filter(bundle -> bundle.getBundleId() != 0 && bundle.getState() == Bundle.ACTIVE)
            .toList());
  }

  /** What is no longer as it was, as the end of a sentence about the plugin; empty if nothing. */
  Optional<String> damage() {
    if (system.getState() != Bundle.ACTIVE || isStopping()) {
      return Optional.of("it stopped the framework");
    }
    List<Bundle> lost = active.stream().filter(b -> b.getState() != Bundle.ACTIVE).toList();
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    String names =
        String.join(", ", lost.stream().limit(MOST_NAMES).map(Bundle::getSymbolicName).toList());
    return Optional.of(
        "it stopped %d other %s: %s%s"
            .formatted(
                lost.size(),
                lost.size() == 1 ? "bundle" : "bundles",
                names,
                lost.size() > MOST_NAMES ? " and more" : ""));
  }

  /** Whether the framework is about to stop or restart: it does so in a thread of this name. */
  private boolean isStopping() {
    Thread[] threads = new Thread[Thread.activeCount() * 2 + 16];
    int count = root().enumerate(threads);
    return Stream.of(threads)
        .limit(count)
        .map(Thread::getName)
        .filter(name -> name.startsWith("Framework stop") || name.startsWith("Framework update"))
        .anyMatch(name -> name.endsWith(framework));
  }

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
