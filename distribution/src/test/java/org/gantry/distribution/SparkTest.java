package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.distribution.Product.CommandResult;
import org.gantry.distribution.Product.RunningCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on a real standalone cluster; only where {@code SPARK_HOME} has Spark. */
@EnabledIf("org.gantry.distribution.SparkCluster#isPossible")
class SparkTest {

  private static SparkCluster cluster;

  @TempDir private static Path clusterFolder;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    cluster = SparkCluster.start(2, clusterFolder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void oneWorkerTrainsToTheBitsOfAPlainTraining() throws IOException {
    run("train", "ring", "--steps", "40", "--out", "plain");

    run(onCluster(1, "train", "ring", "--steps", "40", "--out", "run", "--strategy", "averaging"));

    for (String file : List.of("generator", "discriminator", "discriminator.optimizer")) {
      assertArrayEquals(weights("plain", 40, file), weights("run", 40, file), file);
    }
    assertTrue(Files.readString(folder.resolve("run/workers.jsonl")).contains("averaging"));
    assertEquals(0, product().run("sample", "run", "-n", "4", "-o", "run.png").exitCode());
  }

  @Test
  void twoWorkersTrainAsOneWithTheJoinedBatch() throws IOException {
    run(words("joined", "train.batch=32"));

    run(onCluster(2, words("run", "train.batch=16")));

    FloatBuffer joined = floats(weights("joined", 20, "generator"));
    FloatBuffer shared = floats(weights("run", 20, "generator"));
    assertEquals(joined.remaining(), shared.remaining());
    while (joined.hasRemaining()) {
      assertEquals(joined.get(), shared.get(), 1e-5);
    }
  }

  private static String[] words(String out, String batch) {
    return new String[] {
      "train",
      "ring",
      "--steps",
      "20",
      "--set",
      batch,
      "--set",
      "optimizer={sgd: {rate: 0.01}}",
      "--out",
      out
    };
  }

  @Test
  void aKilledWorkerCostsAtMostARound() throws IOException {
    try (RunningCommand training =
        product().start(onCluster(2, "train", "ring", "--steps", "600", "--out", "run"))) {
      training.await(() -> checkpoints().stream().anyMatch(step -> step >= 50));
      long before = checkpoints().stream().mapToLong(step -> step).max().orElseThrow();
      cluster.executors().get(0).destroyForcibly();

      CommandResult result = training.awaitResult();

      assertEquals(0, result.exitCode(), result.err());
      assertTrue(result.err().contains("a worker"), result.err());
      assertTrue(result.err().contains("the training continues after step"), result.err());
      assertTrue(resumedAt() >= before, "a round has 50 steps");
    }
  }

  private long resumedAt() throws IOException {
    String history = Files.readString(folder.resolve("run/history.jsonl"));
    return Long.parseLong(
        history.replaceAll("(?s).*\"event\":\"resumed\".*?\"step\":(\\d+).*", "$1"));
  }

  @Test
  void aTrainingWithoutItsDriverResumesFromItsFolder() throws IOException {
    try (RunningCommand training =
        product().start(onCluster(2, "train", "ring", "--steps", "400", "--out", "run"))) {
      training.await(() -> !checkpoints().isEmpty());
      ProcessHandle.of(training.id())
          .orElseThrow()
          .descendants()
          .filter(p -> p.info().commandLine().orElse("").contains("SparkProgram"))
          .forEach(ProcessHandle::destroyForcibly);

      CommandResult result = training.awaitResult();

      assertEquals(1, result.exitCode(), result.err());
      assertTrue(result.err().contains("error: the process of Spark ended"), result.err());
      assertFalse(result.err().contains("\tat "), result.err());
    }
    long step = checkpoints().stream().mapToLong(s -> s).max().orElseThrow();
    assertTrue(step < 400);

    run(onCluster(2, "train", "--resume", "run"));
    assertTrue(checkpoints().contains(400L));
    assertEquals(step, resumedAt());
  }

  @Test
  void aPluginThatAWorkerLacksIsAnErrorBeforeTheFirstStep() throws IOException {
    Path other = folder.resolve("other");
    Files.createDirectories(other.resolve("plugins"));
    for (String part : List.of("lib", "bundles", "recipes")) {
      Files.createSymbolicLink(other.resolve(part), Product.home().resolve(part));
    }
    try (Stream<Path> plugins = Files.list(Product.home().resolve("plugins"))) {
      for (Path plugin : (Iterable<Path>) plugins::iterator) {
        if (!plugin.getFileName().toString().contains("gantry-plugin-adam")) {
          Files.createSymbolicLink(other.resolve("plugins").resolve(plugin.getFileName()), plugin);
        }
      }
    }
    String setting = "spark.executorEnv.GANTRY_HOME=" + other;
    CommandResult result =
        product()
            .run(
                onCluster(2, "train", "ring", "--steps", "40", "--out", "run", "--spark", setting));

    assertEquals(1, result.exitCode(), result.err());
    assertTrue(result.err().contains("org.gantry.plugin.adam was "), result.err());
    assertTrue(result.err().contains("is not installed"), result.err());
    assertFalse(Files.exists(folder.resolve("run/metrics.jsonl")));
  }

  @Test
  void moreWorkersThanCoresAreAnError() {
    CommandResult result =
        product()
            .run(
                onCluster(
                    3,
                    "train",
                    "ring",
                    "--steps",
                    "40",
                    "--spark",
                    "spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures=2"));

    assertEquals(2, result.exitCode(), result.err());
    assertTrue(result.err().contains("has fewer free cores than the 3 workers need"), result.err());
  }

  private Product product() {
    return Product.packed().inDirectory(folder);
  }

  private void run(String... words) {
    CommandResult result = product().run(words);
    assertEquals(0, result.exitCode(), result.err());
  }

  private static String[] onCluster(int workers, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--on", cluster.address(), "--workers", Integer.toString(workers)));
    return all.toArray(String[]::new);
  }

  private byte[] weights(String run, int step, String file) throws IOException {
    return Files.readAllBytes(
        folder.resolve("%s/checkpoints/step-%06d/%s.safetensors".formatted(run, step, file)));
  }

  /** The values of a safetensors file, which follow a header with its length before it. */
  private static FloatBuffer floats(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong());
    return bytes
        .position(bytes.position() + header)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }

  private List<Long> checkpoints() {
    try (Stream<Path> entries = Files.list(folder.resolve("run/checkpoints"))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("step-\\d+"))
          .map(name -> Long.parseLong(name.substring("step-".length())))
          .toList();
    } catch (IOException notYet) {
      return List.of();
    }
  }
}
