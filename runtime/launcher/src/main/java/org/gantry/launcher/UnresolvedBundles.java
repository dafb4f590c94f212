package org.gantry.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.osgi.report.resolution.ResolutionReport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Resource;

/** Explains why bundles of the running framework do not resolve. */
final class UnresolvedBundles {

  private final BundleContext context;

  UnresolvedBundles(BundleContext context) {
    this.context = context;
  }

  /**
   * Resolves bundles again and explains which requirements are missing.
   *
   * @return a sentence for each unresolved bundle, in the order of the bundles
   */
  Map<Bundle, String> explain(Collection<Bundle> bundles) {
    ReportCollector reports = new ReportCollector();
    ServiceRegistration<ResolverHookFactory> registration =
        context.registerService(ResolverHookFactory.class, triggers -> reports, null);
    try {
      context.getBundle().adapt(FrameworkWiring.class).resolveBundles(bundles);
    } finally {
      registration.unregister();
    }
    ResolutionMessages messages =
        new ResolutionMessages(
            reports.entries,
            Stream.of(context.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .toList());
    Map<Bundle, String> sentences = new LinkedHashMap<>();
    bundles.stream()
        .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
        .forEach(
            bundle -> sentences.put(bundle, messages.explain(bundle.adapt(BundleRevision.class))));
    return sentences;
  }

  /** Collects the reports of the resolver without influencing it. */
  private static final class ReportCollector implements ResolverHook, ResolutionReport.Listener {

    private final Map<Resource, List<ResolutionReport.Entry>> entries = new ConcurrentHashMap<>();

    @Override
    public void handleResolutionReport(ResolutionReport report) {
      report
          .getEntries()
          .forEach((resource, found) -> entries.put(resource, new ArrayList<>(found)));
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {}

    @Override
    public void filterSingletonCollisions(
        BundleCapability singleton, Collection<BundleCapability> collisions) {}

    @Override
    public void filterMatches(
        BundleRequirement requirement, Collection<BundleCapability> candidates) {}

    @Override
    public void end() {}
  }
}
