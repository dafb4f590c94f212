package org.gantry.runs.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.components.ComponentInfo;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder.Locked;

/** Whether the plugins that a run was made with are the ones that are here. */
public final class Locks {

  private Locks() {}

  /**
   * Compares.
   *
   * @param run named in the message
   * @throws RunException naming every component that is missing or of another version
   */
  public static void requireInstalled(
      List<Locked> locked, List<ComponentInfo> installed, Path run) {
    String problems =
        locked.stream()
            .map(component -> problem(component, installed))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      throw new RunException(
          "the run " + run + " was made with other plugins than are installed: " + problems);
    }
  }

  private static Optional<String> problem(Locked locked, List<ComponentInfo> installed) {
    List<ComponentInfo> same =
        installed.stream()
            .filter(
                component ->
                    component.kind().equals(locked.kind())
                        && component.name().equals(locked.name())
                        && component.bundle().equals(locked.bundle()))
            .toList();
    String wanted =
        text(
            locked.kind(),
            locked.name(),
            locked.version(),
            locked.bundle(),
            locked.bundleVersion());
    if (same.isEmpty()) {
      return Optional.of(wanted + " is missing");
    }
    boolean unchanged =
        same.stream()
            .anyMatch(
                component ->
                    component.version().equals(locked.version())
                        && component.bundleVersion().equals(locked.bundleVersion()));
    ComponentInfo found = same.get(0);
    return unchanged
        ? Optional.empty()
        : Optional.of(
            wanted
                + " was used, but installed is "
                + text(
                    found.kind(),
                    found.name(),
                    found.version(),
                    found.bundle(),
                    found.bundleVersion()));
  }

  private static String text(
      String kind, String name, String version, String bundle, String bundleVersion) {
    return kind + "/" + name + " " + version + " of " + bundle + " " + bundleVersion;
  }
}
