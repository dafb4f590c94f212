package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gantry.host.CommandInvocation;
import org.gantry.launcher.Gantry;
import org.gantry.runs.StagedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of N steps, resumed for N more, has the bits of an uninterrupted one of 2N steps. */
class ResumedBitsTest {

  private static final int STEPS = 4;

  /** Changes of recipes whose networks are too wide for a test. */
  private static final Map<String, List<String>> NARROWER =
      Map.of(
          "stackgan",
          List.of(
              "stages.small.networks.generator.stackgan-first.width=2",
              "stages.small.networks.discriminator.stackgan.width=2",
              "stages.large.networks.generator.stackgan-second.width=2",
              "stages.large.networks.discriminator.stackgan.width=2",
              "metrics=[]"));

  @TempDir private Path folder;

  @Test
  void everyBundledRecipeResumesToTheSameBits() throws IOException {
    try (Gantry gantry = Gantry.start(Product.home())) {
      // Some recipes need plugins that are not installed by default.
      Product.jars("repository").forEach(gantry::add);
      List<String> recipes = recipes(gantry);
      assertFalse(recipes.isEmpty());
      for (String recipe : recipes) {
        requireSameBits(gantry, recipe, NARROWER.getOrDefault(recipe, List.of()));
      }
    }
  }

  @Test
  void randomRegularizersResumeToTheSameBits() throws IOException {
    try (Gantry gantry = Gantry.start(Product.home())) {
      requireSameBits(
          gantry,
          "ring",
          List.of("regularizers=[instance-noise, gradient-penalty, weight-averaging]"));
    }
  }

  /** Trains 2N steps at once and in two parts, and compares the weights. */
  private void requireSameBits(Gantry gantry, String recipe, List<String> changes)
      throws IOException {
    String name = recipe + "-" + changes.size();
    Path whole = folder.resolve(name + "-whole");
    Path parts = folder.resolve(name + "-parts");
    train(gantry, whole, 2 * STEPS, Integer.MAX_VALUE, recipe, changes);
    train(gantry, parts, 2 * STEPS, STEPS, recipe, changes);
    run(gantry, List.of("train", "--resume", parts.toString()), Integer.MAX_VALUE);
    for (String stage : stages(whole)) {
      requireSameBits(whole.resolve(stage), parts.resolve(stage), recipe + "/" + stage);
    }
  }

  private static void requireSameBits(Path whole, Path parts, String recipe) throws IOException {
    String checkpoint = "checkpoints/step-%06d".formatted(2 * STEPS);
    List<Path> files;
    try (Stream<Path> found = Files.list(whole.resolve(checkpoint))) {
      files = found.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
    }
    assertFalse(files.isEmpty());
    for (Path file : files) {
      assertArrayEquals(
          Files.readAllBytes(file),
          Files.readAllBytes(parts.resolve(checkpoint).resolve(file.getFileName())),
          recipe + ": " + file.getFileName());
    }
  }

  /** The run folders within the folder of a run: those of its stages, or itself. */
  private static List<String> stages(Path run) {
    return StagedRun.find(run).map(StagedRun::stages).orElse(List.of(""));
  }

  private static void train(
      Gantry gantry, Path run, int steps, int until, String recipe, List<String> changes) {
    List<String> command =
        new ArrayList<>(List.of("train", recipe, "--out", run.toString(), "--steps", "" + steps));
    List<String> all = new ArrayList<>(List.of("train.batch=8", "train.threads=1"));
    all.addAll(changes);
    for (String change : all) {
      command.add("--set");
      command.add(change);
    }
    run(gantry, command, until);
  }

  /** Runs a command that is interrupted after a number of checks for an interruption. */
  private static void run(Gantry gantry, List<String> command, int questions) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int[] asked = {0};
    int exitCode =
        gantry.run(
            new CommandInvocation(
                command,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> ++asked[0] > questions));
    assertTrue(exitCode == 0 || exitCode == 130, command + ": " + err);
  }

  private static List<String> recipes(Gantry gantry) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertEquals(
        0,
        gantry.run(
            new CommandInvocation(List.of("recipes", "--json"), stream, stream, () -> false)));
    List<String> names = new ArrayList<>();
    for (JsonNode recipe : new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8))) {
      names.add(recipe.get("name").asText());
    }
    return names;
  }
}
