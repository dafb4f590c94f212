package org.gantry.cli.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.cli.services.CommandServices;
import org.gantry.experiments.ExperimentResults;
import org.gantry.experiments.SeriesRequirements;
import org.gantry.experiments.SweepMetrics;
import org.gantry.experiments.SweepRanking;
import org.gantry.experiments.TrialOutcome;
import org.gantry.experiments.TrialSeries;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.RecipeSweep;
import org.gantry.host.CommandInvocation;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a recipe with every combination of values, and ranks the combinations. */
@Command(
    name = "sweep",
    description = "Train a recipe with several values of options, and rank the combinations.",
    footer = {
      "Finished trainings in the folder are not repeated, and interrupted ones continue. More values",
      "or seeds add trainings. The results are a table, a page and a picture in the folder.",
      "",
      "Example:",
      "  gantry sweep ring --over optimizer.adam.rate=1e-3,1e-4 --over train.batch=64,256 --seeds 3"
    })
public final class SweepCommand implements Callable<Integer> {

  private static final List<String> DIRECTIONS = List.of("lower", "higher");

  private final CommandServices services;
  private final Console console;

  @Parameters(
      paramLabel = "RECIPE",
      description = "The name of a bundled recipe ('gantry recipes' lists them), or a file.")
  private String recipe;

  @Option(
      names = "--over",
      paramLabel = "PATH=A,B,...",
      required = true,
      description =
          "Train with each of these values. A comma in brackets or braces belongs to its value."
              + " Can be repeated; then every combination is trained.")
  private List<String> over = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "The number of seeds of each combination; 3 by default.")
  private int seeds = 3;

  @Mixin private ChangeArguments further;

  @Option(names = "--steps", paramLabel = "N", description = "The total number of steps.")
  private Long steps;

  @Option(
      names = "--sort",
      paramLabel = "METRIC",
      description =
          "What ranks the combinations: a metric, a figure such as mode-coverage/modes, or"
              + " 'last(NAME)' of a logged value; by default the recipe's first metric.")
  private String sort;

  @Option(
      names = "--better",
      paramLabel = "lower|higher",
      description = "Which values come first; by default as the metric says.")
  private String better;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "The number of trainings side by side; by default that of the processors.")
  private Integer parallel;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder; by default sweeps/NAME, with the recipe and the paths as NAME.")
  private Path out;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  public SweepCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    requirePositive("--steps", steps);
    requirePositive("--parallel", parallel);
    OptionalLong length = steps == null ? OptionalLong.empty() : OptionalLong.of(steps);
    RecipeSweep sweep = RecipeSweep.read(recipe, over, further.changes(), seeds, length);
    SweepMetrics metrics = metrics(sweep, length);
    SweepRanking ranking = SweepRanking.of(metrics, higherIsBetter());
    Experiment experiment = sweep.experiment(metrics.definitions());
    TrialSeries series =
        new TrialSeries(
            experiment,
            folder(experiment),
            TrialSeries.trials(experiment, experiment.seeds()),
            length);
    SeriesRequirements needed = series.validate(services.recipes());
    SeriesExecution execution = new SeriesExecution(services, console, series, needed, parallel);
    SweepFiles files = new SweepFiles(series, ranking, command());
    List<TrialOutcome> outcomes = execution.run(execution.announce().size(), files::writeJson);
    ExperimentResults results = files.results(outcomes);
    Path page = files.write(results);
    show(results, ranking, page);
    if (outcomes.size() < results.planned()) {
      console.err().println("interrupted; the same command continues");
      return ExitCode.INTERRUPTED;
    }
    return ranking.ranksAny(results) ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void requirePositive(String option, Number value) {
    if (value != null && value.longValue() < 1) {
      throw InvalidInputException.expecting(option + " " + value, "at least 1", "");
    }
  }

  private Optional<Boolean> higherIsBetter() {
    if (better != null && !DIRECTIONS.contains(better)) {
      throw InvalidInputException.expecting(
          "--better " + better,
          MessageText.quoted(DIRECTIONS, "or"),
          NearestName.suggestion(better, DIRECTIONS));
    }
    return Optional.ofNullable(better).map("higher"::equals);
  }

  /** The metrics of the first combination, which has the same ones as the others. */
  private SweepMetrics metrics(RecipeSweep sweep, OptionalLong length) {
    ComposedRecipe composed = sweep.points().get(0).compose(services.recipes(), 1, length);
    return SweepMetrics.of(composed, Optional.ofNullable(sort));
  }

  private Path folder(Experiment experiment) {
    return out != null
        ? out
        : Path.of("sweeps").resolve(experiment.name() + (steps == null ? "" : "-" + steps));
  }

  private void show(ExperimentResults results, SweepRanking ranking, Path page) {
    if (json) {
      console.out().print(ranking.json(results, command()));
      return;
    }
    console.out().print(new ExperimentResultsText(results, "combination").text(console.terminal()));
    console.out().println(ranking.sentence());
    console.err().println("page  " + page);
  }

  /** The words of this command, as a shell reads them. */
  private String command() {
    return "gantry "
        + spec.root().commandLine().getParseResult().originalArgs().stream()
            .filter(word -> !word.equals(CommandInvocation.JSON))
            .map(SweepCommand::quoted)
            .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
