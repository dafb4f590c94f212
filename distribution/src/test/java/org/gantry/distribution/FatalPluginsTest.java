package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugins that end the process, stop the framework, remove other bundles or never return, at once
 * or only after their installation. Every command says so, and the next ones work.
 */
class FatalPluginsTest {

  private static final String NAME = "org.acme.fatal";

  private static final String UNINSTALLS =
      """
      for (org.osgi.framework.Bundle bundle : context.getBundles()) {
        if (bundle.getBundleId() != 0 && bundle != context.getBundle()) {
          try {
            bundle.uninstall();
          } catch (org.osgi.framework.BundleException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  private static final String STOPS =
      """
      try {
        context.getBundle(0).stop();
      } catch (org.osgi.framework.BundleException e) {
        throw new IllegalStateException(e);
      }
      """;

  private static final String EXITS = "System.exit(0);";
  private static final String HALTS = "Runtime.getRuntime().halt(0);";

  @TempDir Path folder;
  private Path trigger;
  private Path classes;
  private Product product;

  @BeforeEach
  void compile() {
    trigger = folder.resolve("trigger");
    product = Product.packed().withEnvironment("GANTRY_STATE", folder.resolve("state").toString());
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("Plain", TestPluginJar.loss("Plain", "acme", ""));
    sources.put("ExitLoss", loss("ExitLoss", EXITS));
    sources.put("HaltLoss", loss("HaltLoss", HALTS));
    sources.put("SayLoss", loss("SayLoss", "System.out.println(\"the moon is full\");"));
    sources.put("Uninstalls", activator("Uninstalls", UNINSTALLS));
    sources.put("Stops", activator("Stops", STOPS));
    sources.put("Exits", activator("Exits", EXITS));
    sources.put("Halts", activator("Halts", HALTS));
    sources.put(
        "Hooks",
        activator(
            "Hooks",
            "Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { try {"
                + " Thread.sleep(1000); } catch (InterruptedException e) { return; } } }));"));
    classes = TestPluginJar.compile(folder, sources);
  }

  private String loss(String type, String body) {
    return TestPluginJar.loss(type, "acme", "{ " + onTrigger(body) + " }");
  }

  private String onTrigger(String body) {
    return "if (java.nio.file.Files.exists(java.nio.file.Path.of(\"%s\"))) { %s }"
        .formatted(trigger, body);
  }

  private String activator(String type, String body) {
    return """
    public final class %s implements org.osgi.framework.BundleActivator {
      public void start(org.osgi.framework.BundleContext context) {
        %s
      }
      public void stop(org.osgi.framework.BundleContext context) {}
    }
    """
        .formatted(type, onTrigger(body));
  }

  private Path jar(String loss, String activator) {
    TestPluginJar jar = TestPluginJar.withLoss(NAME, "1.0.0", classes, loss, "acme");
    if (!activator.isEmpty()) {
      jar.type(activator)
          .header("Import-Package", HostileCorpus.IMPORTS)
          .header("Bundle-Activator", TestPluginJar.className(activator));
    }
    return jar.pack(folder.resolve(loss + activator + ".jar"));
  }

  private Product.CommandResult install(Path jar) {
    return product.run("plugins", "install", jar.toString(), "--allow-unsigned", "--yes");
  }

  private void requireUnharmed() {
    Product.CommandResult list = product.run("plugins", "list");
    assertEquals(0, list.exitCode(), list.err());
    assertEquals("", list.err());
    assertFalse(list.out().contains(NAME), list.out());
  }

  @Test
  void pluginThatHarmsAFreshStartIsNotInstalled() throws IOException {
    Files.createFile(trigger);
    Map<Path, String> jars = new LinkedHashMap<>();
    jars.put(jar("Plain", "Uninstalls"), "bundle org.acme.fatal 1.0.0 does not start: it stopped");
    jars.put(jar("Plain", "Stops"), "does not start: it stopped the framework");
    jars.put(jar("Plain", "Exits"), "ended with exit code 1 while it was starting: the plugin org");
    jars.put(jar("Plain", "Halts"), "ended with exit code 0 while it was starting");
    jars.put(jar("ExitLoss", ""), "the component loss/acme of org.acme.fatal 1.0.0 ended the proc");
    jars.put(jar("HaltLoss", ""), "ended with exit code 0 while its components were created");
    List<Executable> checks = new ArrayList<>();
    jars.forEach(
        (jar, message) -> {
          Product.CommandResult answer = install(jar);
          checks.add(
              () -> {
                assertEquals(1, answer.exitCode(), jar + ": " + answer);
                assertTrue(answer.err().contains(message), jar + ": " + answer);
                assertFalse(answer.out().contains("done"), jar + ": " + answer);
              });
        });
    checks.add(this::requireUnharmed);
    assertAll(checks);
  }

  @Test
  void pluginThatHarmsALaterStartIsLeftOutAndNamed() throws IOException {
    List<Executable> checks = new ArrayList<>();
    for (String activator : List.of("Uninstalls", "Stops", "Exits", "Halts")) {
      Files.deleteIfExists(trigger);
      Product.CommandResult installed = install(jar("Plain", activator));
      assertEquals(0, installed.exitCode(), installed.err());
      Files.createFile(trigger);
      Product.CommandResult first = product.run("recipes");
      Product.CommandResult second = product.run("recipes");
      checks.add(
          () -> {
            boolean ends = activator.equals("Exits") || activator.equals("Halts");
            assertEquals(ends ? 1 : 0, first.exitCode(), activator + ": " + first);
            assertEquals(0, second.exitCode(), activator + ": " + second);
            assertTrue(
                second.err().contains("plugin org.acme.fatal 1.0.0 is in quarantine: ")
                    && second.err().contains("'gantry plugins remove org.acme.fatal' removes it"),
                activator + ": " + second);
          });
      Product.CommandResult removed = product.run("plugins", "remove", NAME, "--yes");
      checks.add(() -> assertEquals(0, removed.exitCode(), activator + ": " + removed));
    }
    checks.add(this::requireUnharmed);
    assertAll(checks);
  }

  @Test
  void commandThatAPluginEndsHasFailedAndNamesIt() throws IOException {
    Path exits = jar("ExitLoss", "");
    Path halts = jar("HaltLoss", "");
    assertEquals(0, install(exits).exitCode());
    Files.createFile(trigger);
    Product.CommandResult exit = product.run("validate", "ring", "--set", "loss=acme");
    Product.CommandResult exitTest = product.run("plugins", "test", exits.toString(), "--json");
    Files.delete(trigger);
    assertEquals(0, install(halts).exitCode());
    Files.createFile(trigger);
    Product.CommandResult halt = product.run("validate", "ring", "--set", "loss=acme");
    Product.CommandResult haltTest = product.run("plugins", "test", halts.toString());
    assertAll(
        () -> assertEquals(1, exit.exitCode(), exit.err()),
        () ->
            assertEquals(
                "gantry: the component loss/acme of org.acme.fatal 1.0.0 ended the process by"
                    + " System.exit, so the command did not finish\n",
                exit.err()),
        () -> assertEquals(1, exitTest.exitCode(), exitTest.err()),
        () -> assertTrue(exitTest.out().contains("\"error\""), exitTest.out()),
        () -> assertEquals(1, halt.exitCode(), halt.err()),
        () ->
            assertTrue(
                halt.err().contains("it used loss/acme of org.acme.fatal 1.0.0"), halt.err()),
        () -> assertEquals(1, haltTest.exitCode(), haltTest.err()),
        () ->
            assertTrue(
                haltTest.err().contains("loss/acme of org.acme.fatal 1.0.0"), haltTest.err()));
  }

  @Test
  void shellThatAPluginEndsHasFailedAndNamesIt() throws IOException {
    Path halts = jar("HaltLoss", "");
    try (Product.RunningCommand shell = product.startTyping("shell")) {
      shell.type("plugins install " + halts + " --allow-unsigned --yes");
      shell.awaitOut("org.acme.fatal");
      shell.type("plugins list");
      shell.awaitOut("loss/acme");
      Files.createFile(trigger);
      shell.type("validate ring --set loss=acme");
      Product.CommandResult ended = shell.endInput();
      assertEquals(1, ended.exitCode(), ended.err());
      assertTrue(ended.err().contains("it used loss/acme of org.acme.fatal 1.0.0"), ended.err());
    }
  }

  @Test
  void printingPluginLeavesTheStandardOutputToTheCommand() throws IOException {
    assertEquals(0, install(jar("SayLoss", "")).exitCode());
    Files.createFile(trigger);
    Product.CommandResult answer = product.run("explain", "ring", "--set", "loss=acme");
    assertFalse(answer.out().contains("the moon is full"), answer.out());
    assertTrue(answer.err().contains("the moon is full"), answer.err());
  }

  @Test
  void sleepingShutdownHookDoesNotHoldTheProcess() throws IOException {
    Product hurried = product.withEnvironment("GANTRY_OPTS", "-Dgantry.exit.limit=500");
    assertEquals(0, install(jar("Plain", "Hooks")).exitCode());
    Files.createFile(trigger);
    Product.CommandResult answer = hurried.run("recipes");
    assertEquals(0, answer.exitCode(), answer.err());
    assertTrue(
        answer.err().contains("a shutdown hook of a plugin did not end within 0.5 s"),
        answer.err());
  }
}
