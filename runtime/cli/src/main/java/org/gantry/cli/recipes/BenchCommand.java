package org.gantry.cli.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.training.RecipeBenchmark;
import org.gantry.runs.training.StepComparison;
import org.gantry.runs.training.TrainingTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast a recipe trains. */
@Command(
    name = "bench",
    description = "Measure how fast a recipe trains, and which parts of a step take how long.",
    footer = {
      "",
      "The training is not written anywhere. Pictures, checkpoints, watchdogs and metrics are left"
          + " out. To see what a component costs, compare with --against.",
      "",
      "Example:",
      "  gantry bench digits",
      "  gantry bench ring --set regularizers=[gradient-penalty] --seconds 5",
      "  gantry bench ring-wgan-gp --against regularizers=[]"
    })
public final class BenchCommand implements Runnable {

  private static final double LEAST_SECONDS = 0.1;
  private static final double MOST_SECONDS = 3600;

  private final CommandServices services;
  private final Console console;

  @Mixin private RecipeArguments recipe;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "15",
      description = "How long to measure; by default ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--against",
      paramLabel = "PATH=VALUE",
      description =
          "Compare with the recipe after a further change, such as --against regularizers=[]. Both"
              + " train in turn. Can be repeated.")
  private List<String> against = new ArrayList<>();

  @Option(
      names = "--trace",
      paramLabel = "FOLDER",
      description = {
        "Instead of measuring, write the initial weights and the batches, random numbers and losses"
            + " of the first steps, so that another program can train on the same numbers."
      })
  private Path trace;

  @Option(
      names = "--trace-steps",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many steps to trace; by default ${DEFAULT-VALUE}.")
  private int traceSteps;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public BenchCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
      throw new InvalidInputException(
          "--seconds is %s".formatted(seconds),
          "It can be from %s to %.0f.".formatted(LEAST_SECONDS, MOST_SECONDS));
    }
    SelectedStage selected = recipe.select(services, console);
    ComposedRecipe composed = selected.composed();
    if (!json) {
      RecipeWarnings.print(composed, console);
    }
    if (trace != null) {
      writeTrace(composed);
      return;
    }
    Duration duration = Duration.ofNanos((long) (seconds * 1e9));
    if (!against.isEmpty()) {
      compare(composed, duration);
      return;
    }
    BenchmarkText text =
        new BenchmarkText(
            composed.name(), composed.graph(), RecipeBenchmark.measure(composed, duration));
    console
        .out()
        .print(
            json
                ? JsonText.of(selected.json(text.object())) + "\n"
                : text.text(console.terminal().width(), console.terminal().outColour()));
  }

  private void compare(ComposedRecipe composed, Duration duration) {
    ComposedRecipe other =
        recipe.select(services, console, ChangeArguments.changes("--against ", against)).composed();
    StepComparison compared = RecipeBenchmark.compare(composed, other, duration);
    String changes = String.join(", ", against);
    List<Double> ratios = compared.ratios();
    console
        .out()
        .println(
            json
                ? JsonText.of(
                    JsonText.object(
                        "recipe",
                        composed.name(),
                        "against",
                        against,
                        "milliseconds",
                        compared.first() / 1e6,
                        "otherMilliseconds",
                        compared.second() / 1e6,
                        "ratio",
                        compared.ratio(),
                        "ratios",
                        ratios,
                        "processorRatio",
                        compared.processorRatio(),
                        "threads",
                        compared.threads()))
                : "A step of %s takes %s ms, and %s ms with %s: %s times as long (%s to %s), %s times the processor time."
                    .formatted(
                        composed.name(),
                        NumberText.figure(compared.first() / 1e6),
                        NumberText.figure(compared.second() / 1e6),
                        changes,
                        NumberText.figure(compared.ratio()),
                        NumberText.figure(ratios.get(0)),
                        NumberText.figure(ratios.get(ratios.size() - 1)),
                        NumberText.figure(compared.processorRatio())));
  }

  private void writeTrace(ComposedRecipe composed) {
    if (traceSteps < 1) {
      throw new InvalidInputException(
          "--trace-steps is %d".formatted(traceSteps), "It is 1 or more.");
    }
    try {
      Files.createDirectories(trace);
      try (Stream<Path> content = Files.list(trace)) {
        if (content.findAny().isPresent()) {
          throw new InvalidInputException(
              "the folder %s is not empty".formatted(trace), "Name another one with --trace.");
        }
      }
      TrainingTrace.write(composed, trace, traceSteps);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot write to %s: %s".formatted(trace, ErrorText.of(e)), "Name another folder.");
    }
    String result = "%d steps of %s are in %s".formatted(traceSteps, composed.name(), trace);
    console
        .out()
        .println(
            json
                ? JsonText.of(JsonText.object("folder", trace, "steps", traceSteps))
                : result + ".");
  }
}
