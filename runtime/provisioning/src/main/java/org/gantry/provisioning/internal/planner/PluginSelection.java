package org.gantry.provisioning.internal.planner;

import java.util.Comparator;
import java.util.List;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.recipes.text.NearestName;

/**
 * The plugins that words mean: the symbolic name or its last part, with {@code @VERSION} where
 * several versions are there.
 *
 * @param plugins what is installed
 */
public record PluginSelection(List<InstalledPlugin> plugins) {

  InstalledPlugin find(String words) {
    int at = words.indexOf('@');
    String name = at < 0 ? words : words.substring(0, at);
    List<InstalledPlugin> meant = named(plugins, name);
    if (at >= 0) {
      String version = words.substring(at + 1);
      meant = meant.stream().filter(p -> p.version().equals(version)).toList();
    }
    if (meant.isEmpty() && words.endsWith(".jar")) {
      throw ProvisioningException.refused(
          "'" + words + "' is a file, where the name of a plugin was expected",
          "'gantry plugins install " + words + "' puts it in the place of another version.");
    } else if (meant.isEmpty()) {
      throw ProvisioningException.refused(
          "no plugin '" + words + "' is installed",
          nearestName(name, plugins.stream().map(InstalledPlugin::name).toList())
              + "'gantry plugins list' shows those that are.");
    } else if (meant.size() > 1) {
      throw ProvisioningException.refused(
          "'" + words + "' means more than one plugin",
          "Write one of "
              + String.join(
                  ", ",
                  meant.stream()
                      .map(p -> p.name() + "@" + p.version())
                      .sorted(Comparator.naturalOrder())
                      .toList())
              + ".");
    }
    return meant.get(0);
  }

  /** A hint to the name that was probably meant, in full or its last part as it was written. */
  public static String nearestName(String word, List<String> symbolicNames) {
    return NearestName.suggestion(
        word,
        symbolicNames.stream()
            .map(name -> word.contains(".") ? name : name.substring(name.lastIndexOf('.') + 1))
            .distinct()
            .toList());
  }

  /** Those of exactly this name, or else those whose name ends in it. */
  private static List<InstalledPlugin> named(List<InstalledPlugin> plugins, String name) {
    List<InstalledPlugin> exactly = plugins.stream().filter(p -> p.name().equals(name)).toList();
    return exactly.isEmpty()
        ? plugins.stream().filter(p -> matchesName(name, p.name())).toList()
        : exactly;
  }

  /** Whether a word is a symbolic name or its last part. */
  public static boolean matchesName(String word, String symbolicName) {
    return symbolicName.equals(word) || symbolicName.endsWith("." + word);
  }
}
