package org.gantry.launcher;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;

/** Requirements of bundles in words. */
final class RequirementText {

  private static final Pattern FROM = Pattern.compile("(?<!\\(!)\\(version>=([^)]*)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]*)\\)\\)");
  private static final Pattern EXACTLY = Pattern.compile("\\(version=([^)]*)\\)");

  private static final Map<String, String> NOUNS =
      Map.of(
          "osgi.wiring.package", "package",
          "osgi.wiring.bundle", "bundle",
          "osgi.wiring.host", "bundle",
          "osgi.extender", "a host for",
          "osgi.ee", "the platform");

  private RequirementText() {}

  /** Describes a requirement, such as {@code package picocli of version 4.7.0 or later}. */
  static String describe(Requirement requirement) {
    String noun = NOUNS.getOrDefault(requirement.getNamespace(), requirement.getNamespace());
    return name(requirement)
        .map(name -> noun + " " + name + versions(filter(requirement)))
        .orElse(noun + " " + filter(requirement));
  }

  /** Whether a capability has the required name, in any version. */
  static boolean sameName(Requirement requirement, Capability capability) {
    Object name = capability.getAttributes().get(requirement.getNamespace());
    return name(requirement).map(required -> required.equals(name)).orElse(false);
  }

  private static String versions(String filter) {
    return find(EXACTLY, filter).map(version -> " " + version).orElse("")
        + find(FROM, filter).map(version -> " of version " + version + " or later").orElse("")
        + find(BELOW, filter).map(version -> ", but below " + version).orElse("");
  }

  private static Optional<String> name(Requirement requirement) {
    Pattern name =
        Pattern.compile(Pattern.quote("(" + requirement.getNamespace() + "=") + "([^)]*)");
    return find(name, filter(requirement));
  }

  private static String filter(Requirement requirement) {
    return requirement.getDirectives().getOrDefault("filter", "");
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
