package org.gantry.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/** Why bundles do not resolve, in sentences. */
final class Needs {

  private final BundleContext context;

  Needs(BundleContext context) {
    this.context = context;
  }

  /**
   * Tries to resolve bundles once more, and says of each that stays unresolved what it lacks.
   *
   * @return a sentence for each of those bundles, in the order of the bundles
   */
  Map<Bundle, String> of(Collection<Bundle> bundles) {
    Reports reports = new Reports();
    ServiceRegistration<ResolverHookFactory> registration =
        context.registerService(ResolverHookFactory.class, triggers -> reports, null);
    try {
      context.getBundle().adapt(FrameworkWiring.class).resolveBundles(bundles);
    } finally {
      registration.unregister();
    }
    Map<Bundle, String> sentences = new LinkedHashMap<>();
    bundles.stream()
        .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
        .forEach(bundle -> sentences.put(bundle, sentence(bundle, reports.of(bundle))));
    return sentences;
  }

  private String sentence(Bundle bundle, List<ResolutionReport.Entry> entries) {
    String reasons =
        entries.stream().map(this::reason).distinct().collect(Collectors.joining("; it "));
    return "bundle %s %s does not work: it %s"
        .formatted(
            bundle.getSymbolicName(),
            bundle.getVersion(),
            reasons.isEmpty() ? "does not fit the other bundles" : reasons);
  }

  private String reason(ResolutionReport.Entry entry) {
    return switch (entry.getType()) {
      case MISSING_CAPABILITY -> missing((Requirement) entry.getData());
      case UNRESOLVED_PROVIDER ->
          ((Map<?, ?>) entry.getData())
              .keySet().stream()
                  .map(requirement -> Words.of((Requirement) requirement))
                  .map("needs %s of a bundle that does not work itself"::formatted)
                  .collect(Collectors.joining("; it "));
      case SINGLETON_SELECTION -> "is there in another version that was chosen instead";
      case FILTERED_BY_RESOLVER_HOOK -> "was held back";
      case USES_CONSTRAINT_VIOLATION -> "would see two versions of a package: " + entry.getData();
    };
  }

  private String missing(Requirement requirement) {
    List<String> offers = offers(requirement);
    return "needs "
        + Words.of(requirement)
        + (offers.isEmpty()
            ? ", which no bundle offers"
            : "; there is " + String.join(" and ", offers));
  }

  /** The versions in which something of the same name is there. */
  private List<String> offers(Requirement requirement) {
    return Stream.of(context.getBundles())
        .map(bundle -> bundle.adapt(BundleRevision.class))
        .flatMap(revision -> revision.getDeclaredCapabilities(requirement.getNamespace()).stream())
        .filter(capability -> Words.sameName(requirement, capability))
        .map(BundleCapability::getAttributes)
        .filter(attributes -> attributes.containsKey("version"))
        .map(attributes -> "version " + attributes.get("version"))
        .distinct()
        .toList();
  }

  /** Collects what the resolver reports while it works; vetoes nothing. */
  private static final class Reports implements ResolverHook, ResolutionReport.Listener {

    private final Map<Resource, List<ResolutionReport.Entry>> entries = new ConcurrentHashMap<>();

    List<ResolutionReport.Entry> of(Bundle bundle) {
      return entries.getOrDefault(bundle.adapt(BundleRevision.class), List.of());
    }

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
