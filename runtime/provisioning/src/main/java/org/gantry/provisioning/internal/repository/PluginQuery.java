package org.gantry.provisioning.internal.repository;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gantry.provisioning.PluginOffer;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.planner.PluginSelection;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A plugin of a repository that somebody names: {@code NAME}, {@code NAME@VERSION} or {@code
 * NAME@[FROM,BELOW)}.
 *
 * @param name the symbolic name or its last part
 * @param versions the versions that will do
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
          "'" + text + "' are no versions", "Write NAME@1.2.0 or NAME@[1.2,2).");
    }
  }

  /** The newest of the versions that will do. */
  PluginOffer newestOf(List<PluginOffer> offers) {
    List<PluginOffer> named =
        offers.stream().filter(o -> PluginSelection.matchesName(name, o.name())).toList();
    List<PluginOffer> fitting =
        named.stream()
            .filter(o -> versions.map(v -> v.includes(new Version(o.version()))).orElse(true))
            .toList();
    if (fitting.isEmpty()) {
      throw ProvisioningException.refused(
          named.isEmpty()
              ? "'" + name + "' is no jar, and no repository has a plugin of this name"
              : "no repository has " + name + " in such a version",
          named.isEmpty()
              ? name.contains(":")
                  ? "Maven coordinates are group:artifact or group:artifact:version."
                  : PluginSelection.nearestName(
                          name, offers.stream().map(PluginOffer::name).toList())
                      + "'gantry plugins search' shows what there is."
              : "There is "
                  + String.join(", ", named.stream().map(PluginOffer::version).toList())
                  + ".");
    }
    List<String> names = fitting.stream().map(PluginOffer::name).distinct().sorted().toList();
    if (names.size() > 1) {
      throw ProvisioningException.refused(
          "'" + name + "' means more than one plugin",
          "Write one of " + String.join(", ", names) + ".");
    }
    return fitting.stream().max(Comparator.comparing(o -> new Version(o.version()))).orElseThrow();
  }
}
