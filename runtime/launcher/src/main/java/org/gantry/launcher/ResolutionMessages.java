package org.gantry.launcher;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.osgi.report.resolution.ResolutionReport;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * What the resolver reports on bundles that it cannot resolve, in sentences.
 *
 * @param entries what it reports
 * @param bundles all bundles that are there, to know in which versions something is offered
 */
record ResolutionMessages(
    Map<Resource, List<ResolutionReport.Entry>> entries, Collection<BundleRevision> bundles) {

  private static final Pattern PACKAGE = Pattern.compile("package '([^']+)'");

  private static final Pattern SOURCE = Pattern.compile("(?:from resources?|and) ([\\w.-]+) \\[");

  /** Why a bundle does not resolve. */
  String explain(BundleRevision bundle) {
    String reasons =
        entries.getOrDefault(bundle, List.of()).stream()
            .map(this::reason)
            .distinct()
            .collect(Collectors.joining("; it "));
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
                  .map(requirement -> RequirementText.describe((Requirement) requirement))
                  .map("needs %s of a bundle that does not work itself"::formatted)
                  .collect(Collectors.joining("; it "));
      case SINGLETON_SELECTION -> "is there in another version that was chosen instead";
      case FILTERED_BY_RESOLVER_HOOK -> "was held back";
      case USES_CONSTRAINT_VIOLATION -> twice(String.valueOf(entry.getData()));
    };
  }

  private String missing(Requirement requirement) {
    List<String> offers = offers(requirement);
    return "needs "
        + RequirementText.describe(requirement)
        + (offers.isEmpty()
            ? ", which no bundle offers"
            : "; there is " + String.join(" and ", offers));
  }

  /** The versions in which something of the same name is there. */
  private List<String> offers(Requirement requirement) {
    return bundles.stream()
        .flatMap(bundle -> bundle.getDeclaredCapabilities(requirement.getNamespace()).stream())
        .filter(capability -> RequirementText.sameName(requirement, capability))
        .map(BundleCapability::getAttributes)
        .filter(attributes -> attributes.containsKey("version"))
        .map(attributes -> "version " + newest(attributes.get("version")))
        .distinct()
        .toList();
  }

  /** What offers something in all versions up to one, as the platform does, lists them in order. */
  private static Object newest(Object version) {
    return version instanceof List<?> all && !all.isEmpty() ? all.get(all.size() - 1) : version;
  }

  /** Takes the names out of a message of the resolver, which goes on with chains of bundles. */
  private static String twice(String message) {
    Matcher named = PACKAGE.matcher(message);
    if (!named.find()) {
      return "would see two versions of a package";
    }
    List<String> sources =
        SOURCE.matcher(message.split("\\R", 2)[0]).results().map(found -> found.group(1)).toList();
    return "would see two versions of the package %s%s"
        .formatted(
            named.group(1), sources.isEmpty() ? "" : ", of " + String.join(" and of ", sources));
  }
}
