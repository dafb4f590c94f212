package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs record their plugins, and refuse others. */
class RecordedPluginsTest {

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
                "Scores",
                """
                import ai.djl.ndarray.NDArray;
                import org.gantry.component.Component;
                import org.gantry.loss.ScoreLoss;

                @Component(kind = "loss", name = "acme", summary = "Nothing.")
                public final class Scores implements ScoreLoss {
                  @Override
                  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
                    return fake.mean().sub(real.mean());
                  }

                  @Override
                  public NDArray generatorLoss(NDArray fake) {
                    return fake.mean().neg();
                  }
                }
                """));
  }

  private static TestPluginJar plugin(String version) {
    return TestPluginJar.withLoss(NAME, version, classes, "Scores", "acme")
        .header("Import-Package", "ai.djl.ndarray,org.gantry.component,org.gantry.loss");
  }

  private Path jar(String version) {
    return plugin(version).pack(folder.resolve("acme-" + version + ".jar"));
  }

  private LiveHost host() {
    return LiveHost.start(folder.resolve("state"));
  }

  private Product.CommandResult train(LiveHost host, String recipe, String run, String... further) {
    String out = folder.resolve(run).toString();
    return host.run(
        Stream.concat(Stream.of("train", recipe, "--steps", "2", "--out", out), Stream.of(further))
            .toArray(String[]::new));
  }

  @Test
  void recipeSelectsOneOfTwoVersionsAndTheRunRecordsIt() throws IOException {
    try (LiveHost host = host()) {
      Path older = jar("1.4.0");
      host.install(older);
      host.runSuccessfully(
          "plugins", "install", jar("2.0.0").toString(), "--beside", "--allow-unsigned", "--yes");

      Product.CommandResult ambiguous = train(host, "ring", "none", "--set", "loss=acme");
      assertEquals(2, ambiguous.exitCode());
      assertTrue(
          ambiguous.err().contains("org.acme.losses 1.4.0 and org.acme.losses 2.0.0"),
          ambiguous.err());
      assertTrue(
          ambiguous.err().contains("'org.acme.losses/acme@1.4.0' or 'org.acme.losses/acme@2.0.0'"),
          ambiguous.err());

      Product.CommandResult pinned = train(host, "ring", "run", "--set", "loss=acme@[1.2,2)");
      assertEquals(0, pinned.exitCode(), pinned.err());
      String lock = Files.readString(folder.resolve("run/plugins.lock.json"));
      assertTrue(lock.contains(hash(older)), lock);
      assertFalse(lock.contains("2.0.0"), lock);
      assertTrue(
          Files.readString(folder.resolve("run/recipe.yaml"))
              .contains("loss: org.acme.losses/acme@1.4.0"));

      String recipe = folder.resolve("run/recipe.yaml").toString();
      Product.CommandResult again = train(host, recipe, "again");
      assertEquals(0, again.exitCode(), again.err());
      assertEquals(lock, Files.readString(folder.resolve("again/plugins.lock.json")));
    }
  }

  @Test
  void sameVersionWithOtherBytesIsAnotherPlugin() throws IOException {
    try (LiveHost host = host()) {
      Path first = jar("1.4.0");
      host.install(first);
      assertEquals(0, train(host, "ring", "run", "--set", "loss=acme").exitCode());
      host.runSuccessfully("plugins", "remove", "losses", "--yes");
      Product.CommandResult lacking = host.run("sample", folder.resolve("run").toString());
      assertEquals(2, lacking.exitCode());
      assertTrue(
          lacking
              .err()
              .contains(
                  "org.acme.losses was 1.4.0 (SHA-256 %.12s), and is not installed."
                      .formatted(hash(first))),
          lacking.err());
      Path other = plugin("1.4.0").entry("README", "rebuilt").pack(folder.resolve("other.jar"));
      host.install(other);

      String run = folder.resolve("run").toString();
      Product.CommandResult refused = train(host, run + "/recipe.yaml", "again");
      assertEquals(2, refused.exitCode());
      assertTrue(
          refused
              .err()
              .contains(
                  "org.acme.losses was 1.4.0 (SHA-256 %.12s), and is 1.4.0 (SHA-256 %.12s) here"
                      .formatted(hash(first), hash(other))),
          refused.err());
      assertEquals(refused.err(), host.run("train", "--resume", run, "--steps", "4").err());

      Product.CommandResult agreed =
          host.run("train", "--resume", run, "--steps", "4", "--other-plugins");
      assertEquals(0, agreed.exitCode(), agreed.err());
      assertTrue(Files.readString(folder.resolve("run/plugins.lock.json")).contains(hash(other)));
    }
  }

  @Test
  void laterVersionIsAcceptedOnRequest() {
    try (LiveHost host = host()) {
      host.install(jar("1.4.0"));
      assertEquals(0, train(host, "ring", "run", "--set", "loss=acme").exitCode());
      host.install(jar("1.5.0"));

      String recipe = folder.resolve("run/recipe.yaml").toString();
      Product.CommandResult refused = train(host, recipe, "again");
      assertEquals(2, refused.exitCode());
      assertTrue(refused.err().contains("was 1.4.0 (SHA-256 "), refused.err());
      assertTrue(refused.err().contains("'gantry plugins install NAME@VERSION'"), refused.err());
      Product.CommandResult agreed = train(host, recipe, "again", "--other-plugins");
      assertEquals(0, agreed.exitCode(), agreed.err());
    }
  }

  @Test
  void runningTrainingBlocksOnlyTheVersionThatItUses() throws IOException {
    try (LiveHost host = host()) {
      host.install(jar("1.4.0"));
      host.runSuccessfully(
          "plugins", "install", jar("2.0.0").toString(), "--beside", "--allow-unsigned", "--yes");
      Path run = folder.resolve("run");
      Product product =
          Product.packed().withEnvironment("GANTRY_STATE", folder.resolve("state").toString());
      try (Product.RunningCommand training =
          product.start(
              "train",
              "ring",
              "--set",
              "loss=acme@[1.2,2)",
              "--steps",
              "1000000",
              "--out",
              run.toString())) {
        training.awaitErr("training ring");
        Product.CommandResult answer = host.run("plugins", "remove", "losses@1.4.0", "--yes");
        assertEquals(2, answer.exitCode(), answer.err());
        assertTrue(
            answer.err().contains("the running training " + run + " uses a plugin of this change"),
            answer.err());
        host.runSuccessfully("plugins", "remove", "losses@2.0.0", "--yes");
        assertTrue(host.pluginLine(NAME).contains("1.4.0"), host.pluginLine(NAME));
      }
    }
  }

  private static String hash(Path jar) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
