package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.gantry.host.Installation;
import org.gantry.launcher.Gantry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product starts only those jars of its folder that its index lists. */
class PackedPluginsTest {

  @TempDir Path folder;
  private Path plugins;

  /** Creates an installation with three plugins, whose files a test may change. */
  @BeforeEach
  void install() throws IOException {
    Path home = Files.createDirectory(folder.resolve("gantry"));
    for (String part : List.of("bin", "bundles", "lib")) {
      Files.createSymbolicLink(home.resolve(part), Product.home().resolve(part));
    }
    plugins = Files.createDirectory(home.resolve("plugins"));
    for (String name : List.of("hinge", "cross-entropy", "wasserstein")) {
      Path jar =
          Product.jars("plugins").stream()
              .filter(j -> j.getFileName().toString().startsWith("gantry-plugin-" + name + "-"))
              .findFirst()
              .orElseThrow();
      Files.copy(jar, plugins.resolve(name + ".jar"));
    }
    try (LiveHost host = host()) {
      host.runSuccessfully("repository", "index", plugins.toString());
    }
  }

  private LiveHost host() {
    Installation installation = new Installation(plugins.getParent(), folder.resolve("state"));
    return new LiveHost(Gantry.start(installation, false));
  }

  @Test
  void productContainsIndexesOfItsPlugins() {
    assertTrue(Files.exists(Product.home().resolve("plugins/index.xml")));
    assertTrue(Files.exists(Product.home().resolve("repository/index.xml")));
  }

  @Test
  void strayJarIsSkippedUntilItIsInstalled() throws IOException {
    Path stray = plugins.resolve("acme.jar");
    Files.move(HomemadePlugin.secondHinge().pack(folder), stray);
    String message =
        "%s does not come with the product and is skipped; 'gantry plugins install %s' installs it,"
                .formatted(stray, stray)
            + " and then you can delete the file";
    try (LiveHost host = host()) {
      assertEquals(List.of(message), host.gantry().problems());
      assertEquals("", host.pluginLine("org.acme.hinge"));
      assertEquals(new Product.CommandResult(1, message + "\n", ""), host.run("plugins", "doctor"));
      assertEquals(0, host.install(stray).exitCode());
    }
    Files.delete(stray);
    try (LiveHost host = host()) {
      assertEquals(List.of(), host.gantry().problems());
      assertTrue(host.pluginLine("org.acme.hinge").contains("active"));
    }
  }

  @Test
  void changedProductJarIsSkipped() throws IOException {
    startAndRemember();
    Path hinge = plugins.resolve("hinge.jar");
    FileTime before = Files.getLastModifiedTime(hinge);
    byte[] bytes = Files.readAllBytes(hinge);
    bytes[bytes.length / 2] ^= 1;
    Files.write(hinge, bytes);
    // Size and time are unchanged.
    Files.setLastModifiedTime(hinge, before);
    try (LiveHost host = host()) {
      assertEquals(1, host.gantry().problems().size(), host.gantry().problems().toString());
      assertTrue(
          host.gantry()
              .problems()
              .get(0)
              .startsWith(hinge + " differs from the product's index and is skipped"),
          host.gantry().problems().toString());
      String losses = host.runSuccessfully("components", "--kind", "loss");
      assertFalse(losses.contains("hinge"), losses);
      assertTrue(losses.contains("minimax"), losses);
      assertEquals(1, host.run("plugins", "verify").exitCode());
    }
  }

  @Test
  void missingProductJarIsReported() throws IOException {
    startAndRemember();
    Path hinge = plugins.resolve("hinge.jar");
    Files.delete(hinge);
    try (LiveHost host = host()) {
      assertEquals(
          List.of(hinge + " of the product is missing; unpack the product again"),
          host.gantry().problems());
    }
  }

  @Test
  void missingProductIndexSkipsAllProductPlugins() throws IOException {
    startAndRemember();
    Files.delete(plugins.resolve("index.xml"));
    try (LiveHost host = host()) {
      assertEquals(1, host.gantry().problems().size());
      assertTrue(
          host.gantry().problems().get(0).contains("there is no " + plugins + "/index.xml"),
          host.gantry().problems().toString());
      assertEquals("", host.pluginLine("org.gantry.plugin"));
    }
  }

  private void startAndRemember() {
    try (LiveHost host = host()) {
      assertEquals(List.of(), host.gantry().problems());
      assertTrue(Files.exists(folder.resolve("state/product-verified.txt")));
    }
  }
}
