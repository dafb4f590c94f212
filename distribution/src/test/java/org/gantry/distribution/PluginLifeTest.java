package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installing, replacing, disabling and removing plugins. */
class PluginLifeTest {

  private static final String NAME = "org.acme.losses";

  @TempDir static Path shared;
  private static Path classes;

  @TempDir Path folder;

  @BeforeAll
  static void compile() {
    classes =
        TestPluginJar.compile(
            shared,
            Map.of(
                "Plain",
                TestPluginJar.loss("Plain", "acme", ""),
                "Stopper",
                """
                import org.osgi.framework.BundleActivator;
                import org.osgi.framework.BundleContext;

                public final class Stopper implements BundleActivator {
                  public void start(BundleContext context) throws InterruptedException {
                    if (Boolean.getBoolean("org.acme.throw")) {
                      throw new IllegalStateException("the moon is full");
                    }
                  }
                  public void stop(BundleContext context) {}
                }
                """));
  }

  private Path jar(String version) {
    return TestPluginJar.withLoss(NAME, version, classes, "Plain", "acme")
        .pack(folder.resolve("acme-" + version + ".jar"));
  }

  private Path state() {
    return folder.resolve("state");
  }

  @Test
  void installedPluginIsAvailableAtOnceAndAfterEveryStart() {
    try (LiveHost host = LiveHost.start(state())) {
      assertEquals(0, host.install(jar("1.0.0")).exitCode());
      assertTrue(host.runSuccessfully("components", "--kind", "loss").contains("acme"));
    }
    try (LiveHost host = LiveHost.start(state())) {
      assertEquals(List.of(), host.gantry().problems());
      assertTrue(host.runSuccessfully("components", "--kind", "loss").contains("acme"));
      host.runSuccessfully("plugins", "remove", "losses", "--yes");
      assertFalse(host.runSuccessfully("components", "--kind", "loss").contains("acme"));
    }
  }

  @Test
  void newVersionReplacesTheOldOneAndRollbackRestoresIt() {
    try (LiveHost host = LiveHost.start(state())) {
      host.install(jar("1.0.0"));
      host.install(jar("1.1.0"));
      assertTrue(host.pluginLine(NAME).contains("1.1.0"));
      host.runSuccessfully("plugins", "rollback", "--yes");
      assertTrue(host.pluginLine(NAME).contains("1.0.0"));
      host.runSuccessfully("plugins", "rollback", "--yes");
      assertEquals("", host.pluginLine(NAME));
      Product.CommandResult end = host.run("plugins", "rollback", "--yes");
      assertEquals(2, end.exitCode());
      host.runSuccessfully("plugins", "rollback", "--to", "2", "--yes");
      assertTrue(host.pluginLine(NAME).contains("1.1.0"));
    }
  }

  @Test
  void twoVersionsCanBeInstalledSideBySide() {
    try (LiveHost host = LiveHost.start(state())) {
      host.install(jar("1.0.0"));
      host.runSuccessfully(
          "plugins", "install", jar("2.0.0").toString(), "--beside", "--allow-unsigned", "--yes");
      Product.CommandResult both = host.run("validate", "ring", "--set", "loss=acme");
      assertEquals(2, both.exitCode());
      assertTrue(
          both.err().contains("org.acme.losses 1.0.0 and org.acme.losses 2.0.0"), both.err());
      Product.CommandResult ambiguous = host.run("plugins", "remove", "losses", "--yes");
      assertTrue(ambiguous.err().contains("org.acme.losses@1.0.0, org.acme.losses@2.0.0"));
      host.runSuccessfully("plugins", "remove", "losses@1.0.0", "--yes");
      assertTrue(host.pluginLine(NAME).contains("2.0.0"));
    }
  }

  @Test
  void disabledPluginStaysInstalled() {
    try (LiveHost host = LiveHost.start(state())) {
      host.install(jar("1.0.0"));
      host.runSuccessfully("plugins", "disable", "losses", "hinge", "--yes");
      assertTrue(host.pluginLine(NAME).contains("disabled"));
      String losses = host.runSuccessfully("components", "--kind", "loss");
      assertFalse(losses.contains("acme") || losses.contains("hinge"), losses);
      host.runSuccessfully("plugins", "enable", "losses", "hinge", "--yes");
      losses = host.runSuccessfully("components", "--kind", "loss");
      assertTrue(losses.contains("acme") && losses.contains("hinge"), losses);
    }
  }

  @Test
  void pinnedPluginIsNotUpdated() {
    try (LiveHost host = LiveHost.start(state())) {
      Path jar = jar("1.0.0");
      host.install(jar);
      host.runSuccessfully("plugins", "pin", "losses", "--yes");
      TestPluginJar.withLoss(NAME, "1.5.0", classes, "Plain", "acme").pack(jar);
      assertEquals("nothing to do\n", host.runSuccessfully("plugins", "update", "--yes"));
      host.runSuccessfully("plugins", "unpin", "losses", "--yes");
      host.runSuccessfully("plugins", "update", "--yes");
      assertTrue(host.pluginLine(NAME).contains("1.5.0"));
    }
  }

  @Test
  void safeModeStartsOnlyTheProductsPlugins() {
    try (LiveHost host = LiveHost.start(state())) {
      host.install(jar("1.0.0"));
    }
    try (LiveHost host = LiveHost.startInSafeMode(state())) {
      assertTrue(host.pluginLine(NAME).contains("disabled"));
      assertTrue(host.runSuccessfully("components", "--kind", "loss").contains("hinge"));
    }
  }

  @Test
  void missingOrChangedJarIsQuarantinedAndTheHostStarts() throws IOException {
    try (LiveHost host = LiveHost.start(state())) {
      host.install(jar("1.0.0"));
    }
    Path stored;
    try (Stream<Path> jars = Files.list(state().resolve("store"))) {
      stored = jars.findFirst().orElseThrow();
    }
    Files.writeString(stored, "changed");
    try (LiveHost host = LiveHost.start(state())) {
      assertEquals(
          List.of(
              "plugin org.acme.losses 1.0.0 is in quarantine: its jar was changed: "
                  + stored
                  + " differs from the installed jar; 'gantry plugins remove org.acme.losses'"
                  + " removes it"),
          host.gantry().problems());
      assertTrue(host.pluginLine(NAME).contains("quarantined"));
    }
    Files.delete(stored);
    try (LiveHost host = LiveHost.start(state())) {
      assertTrue(host.gantry().problems().get(0).contains("its jar is missing"));
      assertEquals(1, host.run("plugins", "doctor").exitCode());
    }
  }

  @Test
  void corruptLockFileIsReportedAndRollbackRepairsIt() throws IOException {
    try (LiveHost host = LiveHost.start(state())) {
      host.install(jar("1.0.0"));
      host.install(jar("1.1.0"));
    }
    Files.writeString(state().resolve("generations/2/plugins.lock.json"), "{\"form");
    try (LiveHost host = LiveHost.start(state())) {
      assertTrue(host.gantry().problems().get(0).contains("'gantry plugins rollback'"));
      assertEquals(1, host.install(jar("1.2.0")).exitCode());
      host.runSuccessfully("plugins", "rollback", "--yes");
      assertTrue(host.pluginLine(NAME).contains("1.0.0"));
    }
  }

  @Test
  void pluginThatFailsAtALaterStartIsQuarantinedUntilItIsEnabled() {
    Path jar =
        TestPluginJar.withLoss(NAME, "1.0.0", classes, "Plain", "acme")
            .type("Stopper")
            .header("Bundle-Activator", TestPluginJar.className("Stopper"))
            .header(
                "Import-Package",
                "org.gantry.component,org.gantry.graph,org.gantry.loss,org.osgi.framework")
            .pack(folder.resolve("stopper.jar"));
    try (LiveHost host = LiveHost.start(state())) {
      assertEquals(0, host.install(jar).exitCode());
    }
    System.setProperty("org.acme.throw", "true");
    try (LiveHost host = LiveHost.start(state())) {
      assertEquals(
          List.of(
              "bundle org.acme.losses 1.0.0 does not start: IllegalStateException: the moon is"
                  + " full"),
          host.gantry().problems());
    } finally {
      System.clearProperty("org.acme.throw");
    }
    try (LiveHost host = LiveHost.start(state())) {
      assertTrue(host.pluginLine(NAME).contains("quarantined"));
      host.runSuccessfully("plugins", "enable", "losses", "--yes");
      assertTrue(host.pluginLine(NAME).contains("active"));
    }
  }

  @Test
  void pluginsOfARunningTrainingCannotBeDisabled() throws IOException {
    try (LiveHost host = LiveHost.start(state())) {
      Path run = folder.resolve("run");
      Product product = Product.packed().withEnvironment("GANTRY_STATE", state().toString());
      try (Product.RunningCommand training =
          product.start("train", "ring", "--steps", "1000000", "--out", run.toString())) {
        training.awaitErr("training ring");
        Product.CommandResult answer = host.run("plugins", "disable", "adam", "--yes");
        assertEquals(2, answer.exitCode(), answer.err());
        assertTrue(
            answer.err().contains("the running training " + run + " uses a plugin of this change"),
            answer.err());
      }
    }
  }
}
