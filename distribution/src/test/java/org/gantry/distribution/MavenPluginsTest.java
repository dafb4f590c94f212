package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins by their Maven coordinates. */
class MavenPluginsTest {

  private static final String NAME = "org.acme.losses";
  private static final String IMPORTS =
      "org.gantry.component,org.gantry.graph,org.gantry.loss,org.acme.maths";

  @TempDir static Path shared;
  private static Path classes;

  @TempDir Path folder;
  private MavenTestRepository shelf;

  @BeforeAll
  static void compile() {
    classes =
        TestPluginJar.compile(shared, Map.of("Plain", TestPluginJar.loss("Plain", "acme", "")));
  }

  @BeforeEach
  void open() throws IOException {
    shelf = MavenTestRepository.in(folder);
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  private LiveHost host() {
    return LiveHost.start(folder.resolve("state"));
  }

  private TestPluginJar losses(String version) {
    return TestPluginJar.withLoss(NAME, version, classes, "Plain", "acme");
  }

  private Path publish(String version) throws IOException {
    return shelf.publish("losses", version, losses(version).pack(folder.resolve("losses.jar")));
  }

  private static Product.CommandResult install(LiveHost host, String... words) {
    String[] all = new String[words.length + 4];
    System.arraycopy(words, 0, all, 2, words.length);
    all[0] = "plugins";
    all[1] = "install";
    all[words.length + 2] = "--allow-unsigned";
    all[words.length + 3] = "--yes";
    return host.run(all);
  }

  private static void refused(int exitCode, String message, Product.CommandResult answer) {
    assertTrue(answer.err().contains(message), answer.err());
    assertEquals(exitCode, answer.exitCode(), answer.err());
  }

  @Test
  void pluginIsInstalledAndUpdatedByCoordinates() throws IOException {
    publish("1.2.0");
    try (LiveHost host = host()) {
      Product.CommandResult answer = install(host, "org.acme:losses:1.2.0");
      assertEquals(0, answer.exitCode(), answer.err());
      assertTrue(
          answer.err().contains("from   org.acme:losses:1.2.0 of shelf (file:"), answer.err());
      assertTrue(host.pluginLine(NAME).contains("1.2.0"), host.pluginLine(NAME));
      publish("1.10.0");
      host.runSuccessfully("plugins", "update", "--yes");
      assertTrue(host.pluginLine(NAME).contains("1.10.0"), host.pluginLine(NAME));
      assertEquals("nothing to do\n", host.runSuccessfully("plugins", "update", "--yes"));
    }
  }

  @Test
  void missingVersionMeansTheNewestAndOfflineUsesTheLocalRepository() throws IOException {
    publish("1.2.0");
    try (LiveHost host = host()) {
      refused(
          2,
          "and the network must not be used",
          install(host, "org.acme:losses:1.2.0", "--offline"));
      assertEquals(0, install(host, "org.acme:losses").exitCode());
      host.runSuccessfully("plugins", "remove", "losses", "--yes");
      assertEquals(0, install(host, "org.acme:losses:1.2.0", "--offline").exitCode());
    }
  }

  /** Never pauses for as long as Maven allows, and never ends. */
  @Test
  void serverThatSendsAByteAtATimeIsLeftAtTheLimit() throws IOException {
    System.setProperty("gantry.maven.limit", "1500");
    CountDownLatch over = new CountDownLatch(1);
    HttpServer slow =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slow.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1 << 20);
          try (OutputStream out = exchange.getResponseBody()) {
            do {
              out.write(' ');
              out.flush();
            } while (!isOver(over));
          }
        });
    slow.start();
    try (LiveHost host = host()) {
      shelf.mirror("http://127.0.0.1:" + slow.getAddress().getPort() + "/");
      refused(
          1,
          "Maven's repositories did not answer in time: it did not end within 1500 milliseconds",
          install(host, "org.acme:losses:1.0.0"));
      assertEquals("", host.pluginLine(NAME));
    } finally {
      over.countDown();
      slow.stop(0);
      System.clearProperty("gantry.maven.limit");
    }
  }

  private static boolean isOver(CountDownLatch over) {
    try {
      return over.await(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Test
  void unavailableArtifactIsReported() throws IOException {
    Path published = publish("1.0.0");
    try (LiveHost host = host()) {
      refused(
          2, "there is no org.acme:losses:2.0.0 in the", install(host, "org.acme:losses:2.0.0"));
      Files.writeString(published, "something else");
      refused(
          1,
          "org.acme:losses:1.0.0 is corrupt (checksum mismatch)",
          install(host, "org.acme:losses:1.0.0"));
      shelf.mirror("http://127.0.0.1:1/");
      refused(
          1, "org.acme:losses:1.0.0 cannot be downloaded", install(host, "org.acme:losses:1.0.0"));
      assertEquals("", host.pluginLine(NAME));
    }
  }

  @Test
  void artifactThatIsNotABundleIsRefused() throws IOException {
    Path plain = folder.resolve("plain.jar");
    new JarOutputStream(Files.newOutputStream(plain), new Manifest()).close();
    shelf.publish("plain", "1.0", plain);
    try (LiveHost host = host()) {
      refused(2, "plain-1.0.jar is not a bundle", install(host, "org.acme:plain:1.0"));
    }
  }

  @Test
  void requiredDependencyIsInstalledAndOthersAreNot() throws IOException {
    Path losses =
        losses("1.0.0").header("Import-Package", IMPORTS).pack(folder.resolve("losses.jar"));
    shelf.publish("losses", "1.0.0", losses, "maths", "idle");
    for (String other : new String[] {"maths", "idle"}) {
      shelf.publish(
          other,
          "1.0",
          TestPluginJar.bundle("org.acme." + other, "1.0.0", classes)
              .header("Export-Package", "org.acme." + other)
              .pack(folder.resolve(other + ".jar")));
    }
    try (LiveHost host = host()) {
      Product.CommandResult answer = install(host, "org.acme:losses:1.0.0");
      assertEquals(0, answer.exitCode(), answer.err());
      assertTrue(answer.err().contains("org.acme.losses 1.0.0 -> org.acme.maths 1.0.0"));
      assertTrue(host.pluginLine("org.acme.maths").contains("1.0.0"));
      assertEquals("", host.pluginLine("org.acme.idle"));
    }
  }

  @Test
  void missingDependencyIsReported() throws IOException {
    Path losses =
        losses("1.0.0").header("Import-Package", IMPORTS).pack(folder.resolve("losses.jar"));
    shelf.publish("losses", "1.0.0", losses);
    try (LiveHost host = host()) {
      Product.CommandResult answer = install(host, "org.acme:losses:1.0.0");
      refused(2, "No dependency of org.acme:losses:1.0.0 provides it.", answer);
      assertTrue(answer.err().contains("org.acme.maths"), answer.err());
      assertFalse(answer.err().contains("Exception"), answer.err());
    }
  }
}
