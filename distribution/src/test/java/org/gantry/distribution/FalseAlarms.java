package org.gantry.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints a table of the warnings that bundled recipes cause: for each recipe the watchdogs'
 * findings with their steps. Trains recipes of points to their end, recipes of images for a few
 * hundred steps.
 */
public final class FalseAlarms {

  private static final int IMAGE_RECIPE_STEPS = 300;

  private FalseAlarms() {}

  /**
   * Trains with the product in {@code -Dgantry.home}.
   *
   * @param arguments the recipes; all that are bundled if there are none
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("gantry-alarms");
    List<String> recipes = arguments.length == 0 ? bundled() : List.of(arguments);
    for (String recipe : recipes) {
      System.out.println(tableRow(recipe, folder));
    }
  }

  private static Path file(String recipe) {
    return Product.home().resolve("recipes").resolve(recipe + ".yaml");
  }

  private static List<String> bundled() throws IOException {
    try (Stream<Path> files = Files.list(file("any").getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.replace(".yaml", ""))
          .sorted()
          .toList();
    }
  }

  private static String tableRow(String recipe, Path folder) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                recipe,
                "--install",
                "--yes",
                "--out",
                recipe,
                "--set",
                "train.threads=1"));
    boolean points = Files.readString(file(recipe)).contains("gaussian-");
    if (!points) {
      words.addAll(List.of("--steps", String.valueOf(IMAGE_RECIPE_STEPS)));
    }
    int code = train(words, folder);
    Path run = folder.resolve(recipe);
    JsonNode state = new ObjectMapper().readTree(run.resolve("state.json").toFile());
    List<String> findings = new ArrayList<>();
    if (Files.exists(run.resolve("history.jsonl"))) {
      for (String line : Files.readAllLines(run.resolve("history.jsonl"))) {
        JsonNode event = new ObjectMapper().readTree(line);
        if (event.path("event").asText().matches("found|gone")) {
          findings.add(finding(event));
        }
      }
    }
    if (code != 0) {
      findings.add(state.path("reason").asText());
    }
    return "| %s | %s | %s |"
        .formatted(
            recipe,
            state.path("step").asText(),
            findings.isEmpty() ? "none" : String.join("; ", findings));
  }

  /** Trains without a time limit. */
  private static int train(List<String> words, Path folder) throws IOException {
    List<String> command = new ArrayList<>(words);
    command.add(0, Product.home().resolve("bin/gantry").toString());
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(words.get(1) + ".log").toFile())
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at " + words.get(1), e);
    }
  }

  private static String finding(JsonNode event) {
    return event.path("event").asText().equals("gone")
        ? "over at step %s".formatted(event.path("step").asText())
        : "%s at step %s: %s (%s), %s"
            .formatted(
                event.path("watchdog").asText(),
                event.path("step").asText(),
                event.path("what").asText(),
                event.path("where").asText(),
                event.path("evidence").asText());
  }
}
