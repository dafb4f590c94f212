package org.gantry.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Manifest;
import org.gantry.host.BundleResolver;
import org.gantry.host.BundleResolver.ResolutionResult;
import org.gantry.host.Installation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EquinoxResolverTest {

  /** Bundles with a missing requirement each. */
  private static final Map<String, Map<String, String>> BROKEN =
      new TreeMap<>(
          Map.of(
              "absent", Map.of("Import-Package", "gone;version=\"[1.2,2)\""),
              "bundle", Map.of("Require-Bundle", "org.acme.gone;bundle-version=\"[1,2)\""),
              "djl", Map.of("Import-Package", "ai.djl.ndarray;version=\"[0.99,0.100)\""),
              "extender",
                  Map.of(
                      "Require-Capability",
                      "osgi.extender;filter:=\"(&(osgi.extender=gantry.component)"
                          + "(version>=9.0.0)(!(version>=10.0.0)))\""),
              "follower", Map.of("Import-Package", "base"),
              "java",
                  Map.of(
                      "Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""),
              "provider", Map.of("Import-Package", "gone", "Export-Package", "base"),
              "single", Map.of("Bundle-SymbolicName", "twin;singleton:=true"),
              "twin",
                  Map.of(
                      "Bundle-SymbolicName", "twin;singleton:=true", "Bundle-Version", "2.0.0")));

  @TempDir Path folder;
  private TestInstallation home;

  @BeforeEach
  void createHome() throws IOException {
    home = TestInstallation.create(folder);
  }

  @Test
  void manifestsResolveAsBundlesInARunningFramework() throws IOException {
    Map<Path, String> names = new TreeMap<>();
    for (Map.Entry<String, Map<String, String>> broken : BROKEN.entrySet()) {
      names.put(
          home.bundle("bundles/" + broken.getKey() + ".jar", broken.getValue()), broken.getKey());
    }
    List<String> problems;
    try (Gantry gantry = start(folder)) {
      problems = gantry.problems();
    }
    assertEquals(BROKEN.size() - 1, problems.size(), problems.toString());
    try (Gantry gantry = start(empty())) {
      ResolutionResult result = resolution(gantry).resolveJars(List.of(), names.keySet());
      assertEquals(problems, List.copyOf(new TreeMap<>(result.problems()).values()));
    }
  }

  @Test
  void pluginsResolveAgainstTheBundlesOfTheHost() throws IOException {
    Path host = home.bundle("host.jar", Map.of("Export-Package", "host;version=1.5"));
    Path plugin = home.bundle("plugin.jar", Map.of("Import-Package", "host;version=\"[1.2,2)\""));
    Path second = home.bundle("second.jar", Map.of("Import-Package", "host;version=\"[1.7,2)\""));
    try (Gantry gantry = start(folder)) {
      ResolutionResult result =
          resolution(gantry).resolveJars(List.of(host), List.of(plugin, second));
      assertEquals(Set.of("plugin 1.2.3 -> host 1.2.3"), result.wires());
      assertEquals(
          Map.of(
              second,
              "bundle second 1.2.3 does not work: it needs package host of version 1.7.0 or later,"
                  + " but below 2.0.0; there is version 1.5.0"),
          result.problems());
    }
  }

  @Test
  void conflictingPackagesAreReportedWithTheirBundles() throws IOException {
    List<Path> host =
        List.of(
            home.bundle("old.jar", Map.of("Export-Package", "shared;version=1")),
            home.bundle("new.jar", Map.of("Export-Package", "shared;version=2")),
            home.bundle(
                "user.jar",
                Map.of(
                    "Import-Package", "shared;version=\"[2,3)\"",
                    "Export-Package", "using;uses:=shared")));
    Path plugin =
        home.bundle("plugin.jar", Map.of("Import-Package", "using,shared;version=\"[1,2)\""));
    try (Gantry gantry = start(folder)) {
      assertEquals(
          Map.of(
              plugin,
              "bundle plugin 1.2.3 does not work: it would see two versions of the package shared,"
                  + " from old and from new"),
          resolution(gantry).resolveJars(host, List.of(plugin)).problems());
    }
  }

  @Test
  void missingPlatformIsReportedWithTheCurrentOne() throws IOException {
    Path plugin = home.bundle("plugin.jar", BROKEN.get("java"));
    try (Gantry gantry = start(folder)) {
      assertEquals(
          Map.of(
              plugin,
              "bundle plugin 1.2.3 does not work: it needs the platform JavaSE 99; there is version"
                  + " %d.0.0".formatted(Runtime.version().feature())),
          resolution(gantry).resolveJars(List.of(), List.of(plugin)).problems());
    }
  }

  @Test
  void invalidJarsAreReportedAndTheOthersResolved() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar at all");
    Path nameless = home.jar("nameless.jar", new Manifest());
    Path first = home.bundle("first.jar", Map.of());
    Path again = home.bundle("again.jar", Map.of("Bundle-SymbolicName", "first"));
    try (Gantry gantry = start(folder)) {
      ResolutionResult result =
          resolution(gantry).resolveJars(List.of(), List.of(broken, nameless, first, again));
      assertEquals(Set.of(broken, again), result.problems().keySet());
      result
          .problems()
          .values()
          .forEach(why -> assertTrue(why.startsWith("it cannot be installed: "), why));
    }
  }

  private Path empty() throws IOException {
    return TestInstallation.create(folder.resolve("empty")).folder();
  }

  private static BundleResolver resolution(Gantry gantry) {
    return gantry.service(BundleResolver.class).orElseThrow();
  }

  private static Gantry start(Path home) {
    return Gantry.start(new Installation(home.toAbsolutePath(), home.resolve("state")), false);
  }
}
