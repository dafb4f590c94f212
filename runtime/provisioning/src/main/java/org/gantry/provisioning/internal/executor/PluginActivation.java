package org.gantry.provisioning.internal.executor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gantry.host.BundleStart;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TimeLimit;
import org.gantry.provisioning.internal.plan.StartRecord;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Starts bundles one after another. Quarantines an installed plugin that fails, hangs, or harms the
 * framework, and records which one is starting.
 *
 * @param context of a bundle of the host
 * @param state the state folder with the quarantine
 * @param records the plugins whose start was fatal
 * @param timeLimit how long a bundle may take to start
 * @param notices receives sentences about what is being waited for
 */
record PluginActivation(
    BundleContext context,
    StateFolder state,
    StartRecord records,
    Duration timeLimit,
    Consumer<String> notices) {

  /** What a plugin does while its activator runs, for {@link StartRecord}. */
  static final String STARTING = "it was starting";

  /**
   * How the start of bundles went.
   *
   * @param problems why bundles do not work, by their names and versions
   * @param damaged whether a bundle stopped others or the framework; the bundles after it were not
   *     started then
   */
  record ActivationResult(Map<String, String> problems, boolean damaged) {}

  /** Starts resolved bundles. */
  ActivationResult start(List<Bundle> bundles) {
    Map<String, String> problems = new LinkedHashMap<>();
    try (TimeLimit limit = new TimeLimit(timeLimit, notices)) {
      for (Bundle bundle : bundles) {
        if (isFragment(bundle)) {
          continue;
        }
        Optional<String> sha256 = hash(bundle);
        Optional<FrameworkSnapshot> before = sha256.map(hash -> FrameworkSnapshot.of(context));
        Optional<String> failure =
            sha256.isEmpty()
                ? start(bundle, limit)
                : records.during(sha256.get(), STARTING, () -> start(bundle, limit));
        Optional<String> damage = before.flatMap(FrameworkSnapshot::damage);
        if (damage.isPresent() || failure.isPresent()) {
          String why =
              "bundle %s does not start: %s"
                  .formatted(RunningPlugins.id(bundle), damage.orElseGet(failure::get));
          problems.put(RunningPlugins.id(bundle), why);
          sha256.ifPresent(hash -> state.quarantine(hash, why));
        }
        if (damage.isPresent()) {
          return new ActivationResult(problems, true);
        }
      }
    }
    return new ActivationResult(problems, false);
  }

  private static Optional<String> start(Bundle bundle, TimeLimit limit) {
    try {
      limit.run(
          RunningPlugins.id(bundle) + " to start",
          () -> {
            bundle.start(BundleStart.OPTIONS);
            return null;
          });
      return Optional.empty();
    } catch (TimeLimit.PluginCodeException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static boolean isFragment(Bundle bundle) {
    // The headers would be read from the jar again.
    return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /** The hash of an installed plugin; empty for a plugin of the product. */
  private static Optional<String> hash(Bundle bundle) {
    String file = bundle.getLocation().replaceAll(".*/", "").replaceAll("\\.jar$", "");
    return Sha256.isHash(file) ? Optional.of(file) : Optional.empty();
  }
}
