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
 * The reports of the resolver on unresolved bundles, in sentences.
 *
 * @param entries the reports
 * @param bundles all bundles, whose capabilities show the available versions
 */
record ResolutionMessages(
    Map<Resource, List<ResolutionReport.Entry>> entries, Collection<BundleRevision> bundles) {

  private static final Pattern PACKAGE = Pattern.compile("package '([^']+)'");

  private static final Pattern SOURCE = Pattern.compile("(?:from resources?|and) ([\\w.-]+) \\[");

  /** Explains why a bundle does not resolve. */
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
            reasons.isEmpty() ? "is not compatible with the other bundles" : reasons);
  }

  private String reason(ResolutionReport.Entry entry) {
    return switch (entry.getType()) {
      case MISSING_CAPABILITY -> missing((Requirement) entry.getData());
      case UNRESOLVED_PROVIDER ->
          ((Map<?, ?>) entry.getData())
              .keySet().stream()
                  .map(requirement -> RequirementText.describe((Requirement) requirement))
                  .map("needs %s from a bundle that does not work"::formatted)
                  .collect(Collectors.joining("; it "));
      case SINGLETON_SELECTION -> "is a singleton, and another version of it was chosen";
      case FILTERED_BY_RESOLVER_HOOK -> "was excluded";
      case USES_CONSTRAINT_VIOLATION -> conflict(String.valueOf(entry.getData()));
    };
  }

  private String missing(Requirement requirement) {
    List<String> versions = availableVersions(requirement);
    return "needs "
        + RequirementText.describe(requirement)
        + (versions.isEmpty()
            ? ", which no bundle offers"
            : "; there is " + String.join(" and ", versions));
  }

  /** The available versions of the required capability. */
  private List<String> availableVersions(Requirement requirement) {
    return bundles.stream()
        .flatMap(bundle -> bundle.getDeclaredCapabilities(requirement.getNamespace()).stream())
        .filter(capability -> RequirementText.sameName(requirement, capability))
        .map(BundleCapability::getAttributes)
        .filter(attributes -> attributes.containsKey("version"))
        .map(attributes -> "version " + newest(attributes.get("version")))
        .distinct()
        .toList();
  }

  /** The highest version of a capability with several, such as the Java platform. */
  private static Object newest(Object version) {
    return version instanceof List<?> all && !all.isEmpty() ? all.get(all.size() - 1) : version;
  }

  /** Names the package and its bundles from a long message of the resolver. */
  private static String conflict(String message) {
    Matcher named = PACKAGE.matcher(message);
    if (!named.find()) {
      return "would see two versions of a package";
    }
    List<String> sources =
        SOURCE.matcher(message.split("\\R", 2)[0]).results().map(found -> found.group(1)).toList();
    return "would see two versions of the package %s%s"
        .formatted(
            named.group(1),
            sources.isEmpty() ? "" : ", from " + String.join(" and from ", sources));
  }
}
