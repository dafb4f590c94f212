package org.gantry.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import org.gantry.host.CommandInvocation;
import org.gantry.host.CommandLine;
import org.gantry.host.Installation;
import org.gantry.launcher.sample.Commands;
import org.gantry.launcher.sample.Failing;
import org.gantry.launcher.sample.Stubborn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class GantryTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private TestInstallation home;

  @BeforeEach
  void createHome() throws IOException {
    home = TestInstallation.create(folder);
  }

  @Test
  void commandReceivesArgumentsAndStreamsAndReturnsItsExitCode() throws IOException {
    try (Gantry gantry = start(home.withCommands().folder())) {
      assertEquals(List.of(), gantry.problems());
      assertEquals(7, run(gantry, "train", "ring", "--out", "a b"));
    }
    assertEquals("train ring --out a b", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void commandIsNotifiedOfAnInterrupt() throws IOException {
    try (Gantry gantry = start(home.withCommands().folder())) {
      assertEquals(0, run(gantry, "interrupted"));
      PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
      CommandInvocation stopped =
          new CommandInvocation(List.of("interrupted"), stream, stream, () -> true);
      assertEquals(130, gantry.run(stopped));
    }
  }

  @Test
  void commandRunsUnderTheClassLoaderOfTheLauncher() throws IOException {
    try (Gantry gantry = start(home.withCommands().folder());
        URLClassLoader foreign = new URLClassLoader(new URL[0], null)) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(foreign);
      try {
        run(gantry, "loader");
        assertSame(foreign, thread.getContextClassLoader());
      } finally {
        thread.setContextClassLoader(before);
      }
    }
    assertEquals(Gantry.class.getClassLoader().toString(), out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void startKeepsTheContextClassLoaderOfTheCaller() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (Gantry gantry = start(home.folder())) {
      assertSame(before, Thread.currentThread().getContextClassLoader());
      assertEquals(List.of(), gantry.problems());
    }
  }

  @Test
  void missingCommandsAreReported() throws IOException {
    home.bundle("bundles/commands.jar", Map.of("Import-Package", "picocli;version=\"[4.7,5)\""));
    try (Gantry gantry = start(home.folder())) {
      assertEquals(1, run(gantry, "train"));
      assertEquals(
          List.of(
              "bundle commands 1.2.3 does not work: it needs package picocli of version 4.7.0 or"
                  + " later, but below 5.0.0, which no bundle offers"),
          gantry.problems());
    }
    assertEquals(
        "gantry: no active bundle offers commands", err.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void missingCommandsAreReportedAsJson() {
    try (Gantry gantry = start(home.folder())) {
      assertEquals(1, run(gantry, "components", "--json"));
      assertEquals(1, run(gantry, "components", "--", "--json"));
    }
    assertEquals(
        new LaunchFailure("no active bundle offers commands").json(),
        out.toString(StandardCharsets.UTF_8).strip());
    assertEquals(
        "gantry: no active bundle offers commands", err.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void jsonOfAnErrorIsEscaped() {
    assertTrue(
        new LaunchFailure("\"C:\\x\"\nis\tno\u0001folder")
            .json()
            .contains("\"message\" : \"\\\"C:\\\\x\\\"\\nis\\tno\\u0001folder\","));
  }

  @Test
  void bundleForAnotherDjlIsReported() throws IOException {
    home.bundle(
        "bundles/acme.jar", Map.of("Import-Package", "ai.djl.ndarray;version=\"[0.99,0.100)\""));
    try (Gantry gantry = start(home.folder())) {
      String problem = gantry.problems().get(0);
      assertTrue(
          problem.startsWith(
              "bundle acme 1.2.3 does not work: it needs package ai.djl.ndarray of version 0.99.0"
                  + " or later, but below 0.100.0; there is version 0."),
          problem);
    }
  }

  @Test
  void bundleThatNeedsABrokenBundleIsReported() throws IOException {
    home.bundle("bundles/base.jar", Map.of("Import-Package", "gone", "Export-Package", "base"));
    home.bundle("bundles/acme.jar", Map.of("Import-Package", "base"));
    try (Gantry gantry = start(home.folder())) {
      assertEquals(
          List.of(
              "bundle acme 1.2.3 does not work: it needs package base from a bundle that does not"
                  + " work",
              "bundle base 1.2.3 does not work: it needs package gone, which no bundle offers"),
          gantry.problems());
    }
  }

  @Test
  void brokenBundlesDoNotStopTheOthers() throws IOException {
    home.withCommands().activated("bundles/failing.jar", Failing.class);
    home.jar("bundles/plain.jar", new Manifest());
    Files.writeString(folder.resolve("bundles/broken.jar"), "no jar at all");
    try (Gantry gantry = start(home.folder())) {
      assertEquals(7, run(gantry, "train"));
      assertEquals(3, gantry.problems().size(), gantry.problems().toString());
      assertTrue(gantry.problems().get(0).contains("broken.jar cannot be installed"));
      assertTrue(
          gantry
              .problems()
              .get(1)
              .endsWith("plain.jar is not a bundle: its manifest has no Bundle-SymbolicName"));
      assertEquals(
          "bundle failing 1.2.3 does not start: IllegalStateException: the moon is full",
          gantry.problems().get(2));
    }
  }

  @Test
  void bundlesFindTheInstallation() {
    try (Gantry gantry = start(home.folder())) {
      Installation installation = gantry.service(Installation.class).orElseThrow();
      assertEquals(folder.toAbsolutePath(), installation.home());
      assertEquals(folder.toAbsolutePath().resolve("recipes"), installation.recipes());
    }
  }

  @Test
  void bundleIsAddedAndRemovedAtRunTime(@TempDir Path elsewhere)
      throws IOException, BundleException {
    Path jar = TestInstallation.create(elsewhere).activated("commands.jar", Commands.class);
    try (Gantry gantry = start(home.folder())) {
      assertTrue(gantry.service(CommandLine.class).isEmpty());
      Bundle commands = gantry.add(jar);
      assertEquals(7, run(gantry, "train"));
      commands.uninstall();
      assertTrue(gantry.service(CommandLine.class).isEmpty());
    }
  }

  @Test
  void refusedBundleLeavesNoTrace(@TempDir Path elsewhere) throws IOException {
    Path lacking =
        TestInstallation.create(elsewhere).bundle("lacking.jar", Map.of("Import-Package", "gone"));
    Path failing = TestInstallation.create(elsewhere).activated("failing.jar", Failing.class);
    try (Gantry gantry = start(home.folder())) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            "bundle lacking 1.2.3 does not work: it needs package gone, which no bundle offers",
            refusal(gantry, lacking));
        assertTrue(refusal(gantry, failing).endsWith("IllegalStateException: the moon is full"));
      }
    }
  }

  private static String refusal(Gantry gantry, Path jar) {
    return assertThrows(IllegalArgumentException.class, () -> gantry.add(jar)).getMessage();
  }

  @Test
  void severalInstancesRunInOneProcess() throws IOException {
    home.withCommands();
    try (Gantry first = start(home.folder());
        Gantry second = start(home.folder())) {
      assertEquals(7, run(first, "one"));
      assertEquals(7, run(second, "two"));
    }
    assertEquals("onetwo", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void closeRemovesAllFiles() throws IOException {
    home.withCommands();
    Path storage;
    try (Gantry gantry = start(home.folder())) {
      Bundle commands = gantry.add(home.activated("more.jar", Commands.class));
      storage = commands.getDataFile("").toPath();
      assertTrue(Files.isDirectory(storage));
    }
    assertFalse(Files.exists(storage));
  }

  @Test
  void pluginThatNeverStopsIsAbandoned(@TempDir Path elsewhere) throws IOException {
    System.setProperty("gantry.exit.limit", "200");
    Path storage;
    try (Gantry gantry = start(home.folder())) {
      Path jar = TestInstallation.create(elsewhere).activated("stubborn.jar", Stubborn.class);
      storage = gantry.add(jar).getDataFile("").toPath();
    } finally {
      System.clearProperty("gantry.exit.limit");
    }
    assertFalse(Files.exists(storage));
  }

  @Test
  void callersAreNamedByTheirComponentOrTheirPlugin(@TempDir Path elsewhere) throws IOException {
    String component = "org.gantry.launcher.sample.Failing";
    Path jar =
        TestInstallation.create(elsewhere)
            .bundle(
                "acme.jar",
                Map.of(
                    "Provide-Capability",
                    "gantry.component;gantry.component=moon;kind=loss;class=\"%s\""
                        .formatted(component)),
                Commands.class,
                Failing.class);
    try (Gantry gantry = start(home.folder())) {
      gantry.add(jar);
      String helper = Commands.class.getName();
      assertEquals(
          Optional.of("the component loss/moon of acme 1.2.3"),
          gantry.callingPlugin(List.of("java.lang.Thread", helper, component + "$1")));
      assertEquals(
          Optional.of("the plugin acme 1.2.3"), gantry.callingPlugin(List.of(helper + "$Inner")));
      assertEquals(Optional.empty(), gantry.callingPlugin(List.of("org.acme.Other")));
    }
  }

  @Test
  void folderMayHaveAnyName(@TempDir Path elsewhere) throws IOException {
    TestInstallation strange =
        TestInstallation.create(elsewhere.resolve("50% größer & [new]+#1")).withCommands();
    try (Gantry gantry = start(strange.folder())) {
      assertEquals(List.of(), gantry.problems());
      assertEquals(7, run(gantry, "train"));
    }
  }

  @Test
  void folderWithoutAnInstallationIsRefused(@TempDir Path empty) {
    assertEquals(
        empty.toAbsolutePath() + " is not an installation of Gantry: it has no folder bundles",
        assertThrows(StartException.class, () -> Gantry.start(empty)).getMessage());
  }

  private static Gantry start(Path home) {
    return Gantry.start(new Installation(home.toAbsolutePath(), home.resolve("state")), false);
  }

  private int run(Gantry gantry, String... arguments) {
    return gantry.run(
        new CommandInvocation(
            List.of(arguments),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> false));
  }
}
