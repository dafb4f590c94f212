package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed plugins and indexes, and the signers that the user trusts. */
class SignedPluginsTest {

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
  void validSignatureOfAnUntrustedSignerIsRefused() {
    TestSigner acme = TestSigner.as("Acme", folder);
    Path jar =
        acme.sign(
            TestPluginJar.withLoss(NAME, "1.0.0", classes, "Plain", "acme")
                .pack(folder.resolve("signed.jar")));
    try (LiveHost host = host()) {
      Product.CommandResult answer = host.run("plugins", "install", jar.toString(), "--yes");
      assertEquals(2, answer.exitCode());
      assertTrue(
          answer.err().contains("signed.jar is signed by CN=Acme, who is not trusted"),
          answer.err());
      assertTrue(answer.err().contains("gantry plugins trust add " + jar), answer.err());
      Path certificate = acme.certificate(folder.resolve("acme.crt"));
      host.runSuccessfully("plugins", "trust", "add", certificate.toString());
      assertTrue(host.runSuccessfully("plugins", "trust", "list").contains("CN=Acme"));
      host.runSuccessfully("plugins", "install", jar.toString(), "--yes");
      assertTrue(
          host.runSuccessfully("plugins", "list", "--json").contains("\"signer\" : \"CN=Acme\""));
      assertTrue(
          host.runSuccessfully("plugins", "list", "--json")
              .contains("\"voucher\" : \"signed by CN=Acme\""));
      Product.CommandResult unknown = host.run("plugins", "trust", "remove", "unknown");
      assertEquals(2, unknown.exitCode());
      assertTrue(unknown.err().contains("of CN=Acme"), unknown.err());
      host.runSuccessfully("plugins", "trust", "remove", "acme");
      assertFalse(host.runSuccessfully("plugins", "trust", "list").contains("CN=Acme"));
    }
  }

  @Test
  void unsignedPluginIsAllowedOncePerPlugin() {
    try (LiveHost host = host()) {
      Path jar =
          TestPluginJar.withLoss(NAME, "1.0.0", classes, "Plain", "acme")
              .pack(folder.resolve("unsigned.jar"));
      Product.CommandResult answer = host.run("plugins", "install", jar.toString(), "--yes");
      assertEquals(2, answer.exitCode());
      assertTrue(answer.err().contains("unsigned.jar is not signed"), answer.err());
      host.install(jar);
      TestPluginJar.withLoss(NAME, "1.1.0", classes, "Plain", "acme").pack(jar);
      host.runSuccessfully("plugins", "install", jar.toString(), "--yes");
      assertTrue(host.pluginLine(NAME).contains("1.1.0"));
    }
  }

  @Test
  void signerOfAnIndexVouchesForItsJars() throws IOException {
    TestSigner keeper = TestSigner.as("Keeper", folder);
    try (LiveHost host = host()) {
      Path repository = createRepository(host);
      Path index = repository.resolve("index.jar");
      try (JarOutputStream out =
          new JarOutputStream(Files.newOutputStream(index), new Manifest())) {
        out.putNextEntry(new JarEntry("index.xml"));
        Files.copy(repository.resolve("index.xml"), out);
      }
      keeper.sign(index);
      String[] install = {
        "plugins", "install", "losses", "--repository", repository.toString(), "--yes"
      };
      Product.CommandResult refused = host.run(install);
      assertEquals(2, refused.exitCode());
      assertTrue(
          refused.err().contains("losses-2.0.0.jar is listed by CN=Keeper, who is not trusted"),
          refused.err());
      assertTrue(refused.err().contains("gantry plugins trust add " + index), refused.err());
      assertTrue(
          host.runSuccessfully(
                  "plugins", "search", "losses", "--repository", repository.toString(), "--json")
              .contains("\"voucher\" : \"listed by CN=Keeper\",\n  \"trusted\" : false"));
      host.runSuccessfully("plugins", "trust", "add", index.toString());
      Product.CommandResult answer = host.run(install);
      assertEquals(0, answer.exitCode(), answer.err());
      assertTrue(answer.err().contains("listed by CN=Keeper, who is trusted"), answer.err());
      assertTrue(
          host.runSuccessfully("plugins", "list", "--json")
              .contains("\"voucher\" : \"listed by CN=Keeper\""));
      answer = host.run("repository", "index", repository.toString());
      assertTrue(
          answer.err().contains(index + " takes precedence and is out of date"), answer.err());
    }
  }
}
