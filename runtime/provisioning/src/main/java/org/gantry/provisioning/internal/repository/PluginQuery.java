package org.gantry.provisioning.internal.repository;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import org.gantry.recipes.text.NearestName;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A plugin as a user names it: {@code NAME}, {@code NAME@VERSION} or {@code NAME@[FROM,BELOW)}.
 *
 * @param name the symbolic name or its last part
 * @param versions the accepted versions; empty for all
 */
public record PluginQuery(String name, Optional<VersionRange> versions) {

  static PluginQuery parse(String words) {
    int at = words.indexOf('@');
    if (at < 0) {
      return new PluginQuery(words, Optional.empty());
    }
    String text = words.substring(at + 1);
    try {
      Version exactly = text.matches("[\\[(].*") ? null : new Version(text);
      return new PluginQuery(
          words.substring(0, at),
          Optional.of(
              exactly == null
                  ? new VersionRange(text)
                  : new VersionRange(
                      VersionRange.LEFT_CLOSED, exactly, exactly, VersionRange.RIGHT_CLOSED)));
    } catch (IllegalArgumentException e) {
      throw ProvisioningException.refused(
          "'" + text + "' is not a version or a version range",
          "Write NAME@1.2.0 or NAME@[1.2,2).");
    }
  }

  /**
   * The newest offer that matches.
   *
   * @throws ProvisioningException if no offer matches, or plugins of several names do
   */
  PluginOffer newestOf(List<PluginOffer> offers) {
    List<PluginOffer> named = offers.stream().filter(offer -> isName(name, offer.name())).toList();
    List<PluginOffer> matching =
        named.stream()
            .filter(o -> versions.map(v -> v.includes(new Version(o.version()))).orElse(true))
            .toList();
    if (matching.isEmpty()) {
      throw named.isEmpty() ? unknown(offers) : unknownVersion(named);
    }
    requireOne(name, matching.stream().map(PluginOffer::name).distinct().sorted().toList());
    return matching.stream().max(Comparator.comparing(o -> new Version(o.version()))).orElseThrow();
  }

  private ProvisioningException unknown(List<PluginOffer> offers) {
    return ProvisioningException.refused(
        "'" + name + "' is not a jar, and no repository has a plugin of this name",
        name.contains(":")
            ? "Maven coordinates are group:artifact or group:artifact:version."
            : nearest(name, offers.stream().map(PluginOffer::name).toList())
                + "'gantry plugins search' lists the available plugins.");
  }

  private ProvisioningException unknownVersion(List<PluginOffer> named) {
    return ProvisioningException.refused(
        "no repository has " + name + " in this version",
        "Available versions: "
            + String.join(", ", named.stream().map(PluginOffer::version).toList())
            + ".");
  }

  private static void requireOne(String name, List<String> matches) {
    if (matches.size() > 1) {
      throw ProvisioningException.refused(
          "'" + name + "' matches several plugins",
          "Write one of " + String.join(", ", matches) + ".");
    }
  }

  /**
   * The installed plugin that words name: the symbolic name or its last part, with {@code @VERSION}
   * if several versions are installed.
   *
   * @throws ProvisioningException if no plugin matches, or several do
   */
  public static InstalledPlugin findInstalled(String words, List<InstalledPlugin> plugins) {
    int at = words.indexOf('@');
    String name = at < 0 ? words : words.substring(0, at);
    List<InstalledPlugin> exact = plugins.stream().filter(p -> p.name().equals(name)).toList();
    List<InstalledPlugin> matches =
        exact.isEmpty() ? plugins.stream().filter(p -> isName(name, p.name())).toList() : exact;
    if (at >= 0) {
      String version = words.substring(at + 1);
      matches = matches.stream().filter(p -> p.version().equals(version)).toList();
    }
    if (matches.isEmpty()) {
      throw words.endsWith(".jar")
          ? ProvisioningException.refused(
              "'" + words + "' is a file; expected the name of a plugin",
              "'gantry plugins install " + words + "' installs it, also over another version.")
          : ProvisioningException.refused(
              "no plugin '" + words + "' is installed",
              nearest(name, plugins.stream().map(InstalledPlugin::name).toList())
                  + "'gantry plugins list' lists the installed plugins.");
    }
    requireOne(words, matches.stream().map(p -> p.name() + "@" + p.version()).sorted().toList());
    return matches.get(0);
  }

  /** A hint to the nearest name: in full if the word has a dot, and else its last part. */
  private static String nearest(String word, List<String> symbolicNames) {
    return NearestName.suggestion(
        word,
        symbolicNames.stream()
            .map(name -> word.contains(".") ? name : name.substring(name.lastIndexOf('.') + 1))
            .distinct()
            .toList());
  }

  /** Whether a word is a symbolic name or its last part. */
  private static boolean isName(String word, String symbolicName) {
    return symbolicName.equals(word) || symbolicName.endsWith("." + word);
  }
}
