package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.runs.training.TinyRun;
import org.junit.jupiter.api.Test;

class PluginLockTest {

  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String OTHER = "fedcba9876543210".repeat(4);

  private static List<String> differences(String hash, PluginJar... installed) {
    return PluginLock.differences(
        List.of(new LockedComponent("loss", "hinge", "1.0.0", "org.a.hinge", "0.1.0", hash)),
        registry(installed));
  }

  @Test
  void anIdenticalPluginPassesAmongOtherVersions() {
    assertEquals(
        List.of(),
        differences(
            HASH,
            new PluginJar("org.b.hinge", "9.0.0", OTHER),
            new PluginJar("org.a.hinge", "0.2.0", OTHER),
            new PluginJar("org.a.hinge", "0.1.0", HASH)));
  }

  @Test
  void aMissingPluginIsNamedEvenIfAnotherHasAComponentOfThatName() {
    assertEquals(
        List.of("org.a.hinge was 0.1.0 (SHA-256 0123456789ab), and is not installed"),
        differences(HASH, new PluginJar("org.b.hinge", "0.1.0", HASH)));
  }

  @Test
  void aPluginInOtherVersionsIsNamedWithAllVersions() {
    assertEquals(
        List.of(
            "org.a.hinge was 0.1.0 (SHA-256 0123456789ab), and is 0.2.0 (SHA-256 fedcba987654) and"
                + " 0.3.0 (SHA-256 0123456789ab) here"),
        differences(
            HASH,
            new PluginJar("org.a.hinge", "0.2.0", OTHER),
            new PluginJar("org.a.hinge", "0.3.0", HASH)));
  }

  @Test
  void aPluginOfTheSameVersionWithAnotherHashIsNamed() {
    assertEquals(
        List.of(
            "org.a.hinge was 0.1.0 (SHA-256 0123456789ab), and is 0.1.0 (SHA-256 fedcba987654)"
                + " here"),
        differences(HASH, new PluginJar("org.a.hinge", "0.1.0", OTHER)));
  }

  @Test
  void withoutARecordedHashTheVersionDecides() {
    assertEquals(List.of(), differences("", new PluginJar("org.a.hinge", "0.1.0", OTHER)));
    assertEquals(
        List.of("org.a.hinge was 0.1.0, and is 0.2.0 (SHA-256 fedcba987654) here"),
        differences("", new PluginJar("org.a.hinge", "0.2.0", OTHER)));
  }

  /** A registry with one component per jar. */
  private static ComponentRegistry registry(PluginJar... jars) {
    Map<ComponentInfo, PluginJar> components = new LinkedHashMap<>();
    for (PluginJar jar : jars) {
      components.put(
          new ComponentInfo(
              "loss",
              "hinge",
              jar.version(),
              "",
              "",
              List.of(),
              List.of(),
              jar.name(),
              jar.version(),
              "Hinge"),
          jar);
    }
    return TinyRun.installed(components::get, components.keySet().toArray(ComponentInfo[]::new));
  }
}
