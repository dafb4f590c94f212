package org.gantry.cli.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.TextFiles;
import org.gantry.runs.RecipeVariation;
import org.gantry.runs.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares runs. */
@Command(
    name = "compare",
    description =
        "Compare runs: the differences of their recipes, their progress and their metrics.",
    footer = {
      "Example:",
      "  gantry compare runs/ring-001 runs/ring-002",
      "  gantry compare runs/ring-001 runs/ring-002 -o ring.html"
    })
public final class CompareCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Parameters(arity = "2..*", paramLabel = "RUN", description = "The folders of runs.")
  private List<Path> paths;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "Write an HTML report with curves and samples instead.")
  private Path file;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public CompareCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    if (file != null && json) {
      throw new InvalidInputException("-o %s cannot be combined with --json".formatted(file), "");
    }
    List<RunFolder> runs = paths.stream().map(RunLocation::open).toList();
    if (file != null) {
      OutputFile output = RunReportWriter.requireWritablePage(file);
      new RunReportWriter(services, console, runs).write(output);
      return;
    }
    List<RunSummary> summaries = runs.stream().map(RunFolder::path).map(RunSummary::of).toList();
    List<RecipeVariation> variations = variations(runs);
    console.out().print(json ? json(summaries, variations) : tables(summaries, variations));
  }

  private static List<RecipeVariation> variations(List<RunFolder> runs) {
    List<String> recipes = new ArrayList<>();
    for (RunFolder run : runs) {
      try {
        recipes.add(TextFiles.read(run.recipe()));
      } catch (IOException e) {
        throw new InvalidInputException(
            "%s cannot be read: %s".formatted(run.recipe(), e.getMessage()), "", e);
      }
    }
    return RecipeVariation.among(recipes);
  }

  private static String json(List<RunSummary> runs, List<RecipeVariation> variations) {
    Map<String, Object> recipe = new LinkedHashMap<>();
    variations.forEach(v -> recipe.put(v.path(), v.values()));
    return JsonText.of(
            JsonText.object(
                "runs", runs.stream().map(RunSummary::json).toList(), "differences", recipe))
        + "\n";
  }

  private String tables(List<RunSummary> runs, List<RecipeVariation> variations) {
    TextTable table = TextTable.headed(0, cells("", runs, r -> r.path().toString()));
    variations.forEach(v -> table.row(cells(v.path(), v.values(), text -> text.orElse("-"))));
    if (variations.isEmpty()) {
      table.row(cells("recipe", runs, r -> "the same"));
    }
    table.row(cells("state", runs, RunSummary::status));
    table.row(cells("steps", runs, r -> r.step() + "/" + r.steps()));
    table.row(cells("time", runs, r -> NumberText.duration(r.seconds())));
    numbers(table, runs, RunSummary::figures, RunSummary::figureText);
    numbers(
        table, runs, RunSummary::values, (run, name) -> NumberText.figure(run.values().get(name)));
    return table.text(console.terminal().width(), console.terminal().outColour());
  }

  private static void numbers(
      TextTable table,
      List<RunSummary> runs,
      Function<RunSummary, Map<String, Double>> of,
      BiFunction<RunSummary, String, String> text) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(of.apply(run).keySet()));
    for (String name : names) {
      table.row(
          cells(name, runs, run -> of.apply(run).containsKey(name) ? text.apply(run, name) : "-"));
    }
  }

  private static <T> String[] cells(String name, List<T> runs, Function<T, String> text) {
    return Stream.concat(Stream.of(name), runs.stream().map(text)).toArray(String[]::new);
  }
}
