package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins of repositories. */
class RepositoryTest {

  private static final String NAME = "org.acme.losses";

  @TempDir static Path shared;
  private static Path classes;

  @TempDir Path folder;

  @BeforeAll
  static void compile() {
    classes =
        TestPluginJar.compile(shared, Map.of("Plain", TestPluginJar.loss("Plain", "acme", "")));
  }

  /** Creates a repository with three versions of a plugin. */
  private Path createRepository(LiveHost host) throws IOException {
    Path repository = Files.createDirectory(folder.resolve("repository"));
    for (String version : new String[] {"1.0.0", "1.4.0", "2.0.0"}) {
      TestPluginJar.withLoss(NAME, version, classes, "Plain", "acme")
          .header("Bundle-Description", "Losses of ours")
          .pack(repository.resolve("losses-" + version + ".jar"));
    }
    assertTrue(
        host.runSuccessfully("repository", "index", repository.toString())
            .endsWith("index.xml: 3 plugins\n"));
    return repository;
  }

  private LiveHost host() {
    return LiveHost.start(folder.resolve("state"));
  }

  @Test
  void newestMatchingVersionIsInstalledByName() throws IOException {
    try (LiveHost host = host()) {
      String repository = createRepository(host).toString();
      host.runSuccessfully("repository", "add", repository);
      assertTrue(host.runSuccessfully("plugins", "search", "ours").contains("2.0.0"));
      host.runSuccessfully("plugins", "install", "losses@[1,2)", "--yes", "--allow-unsigned");
      assertTrue(host.pluginLine(NAME).contains("1.4.0"), host.pluginLine(NAME));
      host.runSuccessfully("plugins", "update", "--yes");
      assertTrue(host.pluginLine(NAME).contains("2.0.0"), host.pluginLine(NAME));
      assertEquals("nothing to do\n", host.runSuccessfully("plugins", "update", "--yes"));
    }
  }

  @Test
  void jarWithAnotherHashThanInTheIndexIsRefused() throws IOException {
    try (LiveHost host = host()) {
      Path repository = createRepository(host);
      Files.copy(
          repository.resolve("losses-1.0.0.jar"),
          repository.resolve("losses-2.0.0.jar"),
          StandardCopyOption.REPLACE_EXISTING);
      Product.CommandResult answer =
          host.run(
              "plugins",
              "install",
              "losses",
              "--repository",
              repository.toString(),
              "--yes",
              "--allow-unsigned");
      assertEquals(2, answer.exitCode());
      assertTrue(answer.err().contains("is corrupt: its SHA-256 differs from the index"));
    }
  }

  @Test
  void missingPluginOrVersionIsReported() throws IOException {
    try (LiveHost host = host()) {
      String repository = createRepository(host).toString();
      Product.CommandResult answer =
          host.run("plugins", "install", "losses@[3,4)", "--repository", repository, "--yes");
      assertEquals(2, answer.exitCode());
      assertTrue(answer.err().contains("Available versions: 1.0.0, 1.4.0, 2.0.0."), answer.err());
      answer = host.run("plugins", "install", "nothing", "--yes");
      assertTrue(answer.err().contains("no repository has a plugin of this name"), answer.err());
      answer = host.run("plugins", "install", "loses", "--repository", repository, "--yes");
      assertTrue(answer.err().contains("Did you mean 'losses'?"), answer.err());
      answer = host.run("plugins", "disable", "least-squaers", "--yes");
      assertTrue(answer.err().contains("Did you mean 'least-squares'?"), answer.err());
    }
  }

  @Test
  void invalidRepositoryIsRefusedWithTheCommandThatCreatesAnIndex() throws IOException {
    Path bare = Files.createDirectory(folder.resolve("bare"));
    Path torn = Files.createDirectory(folder.resolve("torn"));
    Files.writeString(torn.resolve("index.xml"), "<repository");
    try (LiveHost host = host()) {
      refused(host, bare.toString(), "it has no index.xml", "'gantry repository index " + bare);
      refused(host, torn.toString(), "cannot be read", "gantry repository index");
      refused(host, folder + "/none", "there is no folder", "with an index");
      refused(host, "http://a b/", "is not a web address", "https://HOST/PATH");
      Product.CommandResult none = host.run("repository", "list");
      assertEquals("", none.out());
      assertTrue(
          none.err().startsWith("there are no repositories other than the product's own"),
          none.err());
    }
  }

  private static void refused(LiveHost host, String address, String... parts) {
    Product.CommandResult answer = host.run("repository", "add", address);
    assertEquals(2, answer.exitCode(), answer.err());
    for (String part : parts) {
      assertTrue(answer.err().contains(part), answer.err());
    }
  }

  @Test
  void unreadableRepositoryIsReportedWithTheCommandThatRemovesIt() throws IOException {
    try (LiveHost host = host()) {
      Path repository = createRepository(host);
      host.runSuccessfully("repository", "add", repository.toString());
      Files.delete(repository.resolve("index.xml"));
      String skipped =
          "the repository %s cannot be read: %s is not a repository: it has no index.xml"
              .formatted(repository, repository);
      String remedy = "'gantry repository remove %s' removes it".formatted(repository);
      String message = skipped + "; " + remedy;
      Product.CommandResult search = host.run("plugins", "search", "--json");
      assertEquals(0, search.exitCode());
      assertEquals("note: " + message + "\n", search.err());
      assertTrue(search.out().contains("org.gantry.plugin.began"), search.out());
      Product.CommandResult there = host.run("plugins", "install", "began", "--yes");
      assertEquals(0, there.exitCode(), there.err());
      assertTrue(there.err().contains("note: " + message), there.err());
      Product.CommandResult absent = host.run("plugins", "install", "losses", "--yes");
      // The unreadable repository may have the plugin, so this is not an error of the input.
      assertEquals(1, absent.exitCode());
      assertTrue(
          absent.err().contains("no repository has a plugin of this name; " + skipped),
          absent.err());
      assertTrue(absent.err().contains(remedy + "."), absent.err());
    }
  }

  @Test
  void indexWithJarsOutsideItsFolderIsRefused() throws IOException {
    try (LiveHost host = host()) {
      Path repository = createRepository(host);
      host.runSuccessfully("repository", "add", repository.toString());
      Path index = repository.resolve("index.xml");
      String hostile =
          Files.readString(index).replace("losses-2.0.0.jar", "%2e%2e/losses-2.0.0.jar");
      Files.writeString(index, hostile);
      String message = "at '%2e%2e/losses-2.0.0.jar', which is outside the repository";
      refused(host, repository.toString(), "has org.acme.losses 2.0.0 " + message);
      Product.CommandResult search = host.run("plugins", "search");
      assertEquals(0, search.exitCode());
      assertTrue(search.err().contains(message), search.err());
      assertFalse(search.out().contains("acme"), search.out());
    }
  }

  @Test
  void updateReportsPinnedPlugins() throws IOException {
    try (LiveHost host = host()) {
      String repository = createRepository(host).toString();
      host.runSuccessfully("repository", "add", repository);
      host.runSuccessfully("plugins", "install", "losses@1.0.0", "--yes", "--allow-unsigned");
      host.runSuccessfully("plugins", "pin", "losses", "--yes");
      Product.CommandResult answer = host.run("plugins", "update", "--yes");
      assertEquals(0, answer.exitCode());
      assertEquals("nothing to do\n", answer.out());
      assertEquals(
          "note: org.acme.losses 1.0.0 is not updated because it is pinned\n", answer.err());
    }
  }

  @Test
  void safeModeReportsSkippedPlugins() throws IOException {
    try (LiveHost host = host()) {
      String repository = createRepository(host).toString();
      host.runSuccessfully(
          "plugins", "install", "losses", "--repository", repository, "--yes", "--allow-unsigned");
    }
    try (LiveHost host = LiveHost.startInSafeMode(folder.resolve("state"))) {
      assertEquals(List.of("safe mode skips org.acme.losses 2.0.0"), host.gantry().problems());
    }
  }

  @Test
  void webRepositoryIsUsedUnlessOffline() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (LiveHost host = host()) {
      Path repository = createRepository(host);
      server.createContext(
          "/",
          exchange -> {
            Path file = repository.resolve(exchange.getRequestURI().getPath().substring(1));
            boolean there = Files.isRegularFile(file);
            exchange.sendResponseHeaders(there ? 200 : 404, there ? Files.size(file) : -1);
            if (there) {
              Files.copy(file, exchange.getResponseBody());
            }
            exchange.close();
          });
      server.start();
      String address = "http://127.0.0.1:" + server.getAddress().getPort();
      host.runSuccessfully("repository", "add", address);
      Product.CommandResult offline =
          host.run("plugins", "install", "losses", "--offline", "--yes", "--allow-unsigned");
      assertEquals(2, offline.exitCode());
      assertTrue(
          offline
              .err()
              .contains(
                  "the repository %s was skipped: --offline allows no network".formatted(address)),
          offline.err());
      host.runSuccessfully("plugins", "install", "losses", "--yes", "--allow-unsigned");
      assertTrue(host.pluginLine(NAME).contains("2.0.0"));
      TestSigner.as("Acme", folder).certificate(repository.resolve("acme.crt"));
      host.runSuccessfully("plugins", "trust", "add", address + "/acme.crt");
      assertTrue(host.runSuccessfully("plugins", "trust", "list").contains("CN=Acme"));
      Product.CommandResult none = host.run("plugins", "trust", "add", address + "/none.crt");
      assertTrue(none.err().contains("there is no " + address + "/none.crt"), none.err());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void productRepositoryContainsPluginsForRecipes() {
    try (LiveHost host = host()) {
      Product.CommandResult answer =
          host.run("validate", "ring", "--set", "regularizers=[layer-noise]");
      assertEquals(2, answer.exitCode());
      assertTrue(answer.err().contains("gantry plugins install layer-noise"), answer.err());
      assertTrue(
          host.runSuccessfully("plugins", "info", "layer-noise", "--offline")
              .contains("comes with the product"));
      host.runSuccessfully("plugins", "install", "layer-noise", "--offline", "--yes");
      assertEquals(
          0, host.run("validate", "ring", "--set", "regularizers=[layer-noise]").exitCode());
    }
  }

  @Test
  void recipeThatNeedsADisabledPluginNamesTheCommandThatEnablesIt() {
    try (LiveHost host = host()) {
      host.runSuccessfully("plugins", "disable", "adam", "--yes");
      Product.CommandResult answer = host.run("validate", "ring");
      assertEquals(2, answer.exitCode());
      assertTrue(
          answer
              .err()
              .contains("and is switched off: gantry plugins enable org.gantry.plugin.adam"),
          answer.err());
      host.runSuccessfully("plugins", "enable", "org.gantry.plugin.adam", "--yes");
      assertEquals(0, host.run("validate", "ring").exitCode());
    }
  }

  @Test
  void recipeThatNeedsAPluginNamesAndInstallsIt() {
    try (LiveHost host = host()) {
      String began = Product.home().resolve("repository").toString();
      for (String recipe : new String[] {"ring-began", "emoji-began"}) {
        Product.CommandResult answer = host.run("validate", recipe);
        assertEquals(2, answer.exitCode());
        assertTrue(
            answer
                .err()
                .contains(
                    "The plugin org.gantry.plugin.began of %s has it: gantry plugins install began"
                        .formatted(began)),
            answer.err());
      }
      String run = folder.resolve("run").toString();
      Product.CommandResult answer =
          host.run("train", "ring-began", "--install", "--yes", "--steps", "2", "--out", run);
      assertEquals(0, answer.exitCode(), answer.err());
      assertTrue(answer.err().contains("in  org.gantry.plugin.began"), answer.err());
      assertEquals(run + "\n", answer.out());
      host.runSuccessfully("validate", "emoji-began");
    }
  }

  @Test
  void experimentInstallsThePluginsThatItNeeds() throws IOException {
    Path experiment =
        Files.writeString(
            folder.resolve("balance.yaml"),
            """
            summary: A boundary equilibrium.
            recipe: ring
            seeds: 1
            variants:
              plain: {}
              balanced: {recipe: ring-began}
            metrics: {modes: mode-coverage/modes}
            """);
    String out = folder.resolve("trainings").toString();
    String[] run = {"experiments", "run", experiment.toString(), "--steps", "2", "--out", out};
    try (LiveHost host = host()) {
      Product.CommandResult answer = host.run(run);
      assertEquals(2, answer.exitCode());
      assertTrue(answer.err().contains("gantry plugins install began"), answer.err());
      assertFalse(Files.exists(Path.of(out)));
      String[] installing = Arrays.copyOf(run, run.length + 2);
      installing[run.length] = "--install";
      installing[run.length + 1] = "--yes";
      assertTrue(host.runSuccessfully(installing).contains("balanced"));
    }
  }
}
