package org.gantry.cli.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.plugins.MissingPluginInstaller;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.services.ExperimentSource;
import org.gantry.experiments.ExperimentResults;
import org.gantry.experiments.SeriesRequirements;
import org.gantry.experiments.TrialOutcome;
import org.gantry.experiments.TrialSeries;
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.Variant;
import org.gantry.host.CommandInvocation;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.RecipeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the trainings of an experiment that are not finished yet. */
@Command(
    name = "run",
    description = "Run an experiment and check its claims.",
    footer = {
      "Finished trainings in the folder are not repeated, and interrupted ones continue. The"
          + " results",
      "are NAME.json and NAME.png in the folder. The exit code is 1 if a claim does not hold.",
      "",
      "Example:",
      "  gantry experiments run ring --seeds 3 --only plain,noise"
    })
public final class ExperimentsRunCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Parameters(
      paramLabel = "NAME",
      description = "The name of an experiment ('gantry experiments list' lists them), or a file.")
  private String name;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "The number of seeds; by default the experiment's.")
  private Integer seeds;

  @Option(
      names = "--only",
      paramLabel = "VARIANT",
      split = ",",
      description = "Train only these variants; claims about others stay open.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Train this number of steps instead, to try the experiment.")
  private Long steps;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The experiment's folder; by default experiments/NAME.")
  private Path out;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "The number of trainings side by side; by default that of the processors if each"
              + " training has one thread, otherwise 1. The results are the same.")
  private Integer parallel;

  @Option(names = "--dry-run", description = "Show the remaining trainings without running them.")
  private boolean dryRun;

  @Option(
      names = "--install",
      description = "Install missing plugins that the experiment needs, if a repository has them.")
  private boolean install;

  @Option(names = "--yes", description = "Install without asking.")
  private boolean yes;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public ExperimentsRunCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    requirePositive("--seeds", seeds == null ? 1 : seeds);
    requirePositive("--steps", steps == null ? 1 : steps);
    requirePositive("--parallel", parallel == null ? 1 : parallel);
    if (yes && !install) {
      throw new InvalidInputException(
          "--yes: there is nothing to ask without --install", "Leave it out.");
    }
    Experiment whole = ExperimentSource.find(name, services.experiments()).read();
    Experiment experiment = selectVariants(whole);
    Path folder = folder(experiment);
    List<ExperimentTrial> trials = TrialSeries.trials(experiment, experiment.seeds());
    OptionalLong length = steps == null ? OptionalLong.empty() : OptionalLong.of(steps);
    TrialSeries series = new TrialSeries(whole, folder, trials, length);
    Supplier<SeriesRequirements> checking = () -> series.validate(services.recipes());
    SeriesRequirements needed = dryRun ? checkedForDryRun(checking) : checked(checking);
    SeriesExecution execution = new SeriesExecution(services, console, series, needed, parallel);
    List<TrialOutcome> known = execution.announce();
    if (dryRun) {
      return show(new ExperimentResults(experiment, known, trials.size()));
    }
    ResultFiles files = new ResultFiles(folder, experiment.name());
    List<TrialOutcome> outcomes =
        execution.run(
            known.size(),
            finished ->
                files.write(
                    "json",
                    new ExperimentResults(experiment, finished, trials.size()).json(command())));
    ExperimentResults results = new ExperimentResults(experiment, outcomes, trials.size());
    files.write("json", results.json(command()));
    files.writePicture(series, results);
    int code = show(results);
    if (outcomes.size() < trials.size()) {
      console.err().println("interrupted; the same command continues");
      return ExitCode.INTERRUPTED;
    }
    return code;
  }

  private SeriesRequirements checked(Supplier<SeriesRequirements> checking) {
    return install
        ? new MissingPluginInstaller(services.provisioning(), console, yes)
            .installAndRetry(checking)
        : MissingPluginInstaller.nameOption(checking);
  }

  /** Checks the recipes without installing anything; a dry run only notes missing plugins. */
  private SeriesRequirements checkedForDryRun(Supplier<SeriesRequirements> checking) {
    try {
      return MissingPluginInstaller.nameOption(checking);
    } catch (RecipeException e) {
      if (e.problems().stream().anyMatch(p -> p.missing().isEmpty())) {
        throw e;
      }
      e.problems().stream()
          .map(p -> p.message() + " " + p.fix())
          .distinct()
          .forEach(note -> console.err().println("note: " + note));
      return new SeriesRequirements(List.of(), true);
    }
  }

  private static void requirePositive(String option, long value) {
    if (value < 1) {
      throw InvalidInputException.expecting(option + " " + value, "at least 1", "");
    }
  }

  private Path folder(Experiment experiment) {
    Path usual = Path.of("experiments");
    return out != null
        ? out
        : usual.resolve(experiment.name() + (steps == null ? "" : "-" + steps));
  }

  private Experiment selectVariants(Experiment whole) {
    List<String> labels = whole.variants().stream().map(Variant::label).toList();
    for (String wanted : only) {
      if (!labels.contains(wanted)) {
        throw new InvalidInputException(
                "--only %s: the experiment has no variant of this name".formatted(wanted),
                NearestName.suggestion(wanted, labels)
                    + "It has "
                    + String.join(", ", labels)
                    + ".")
            .withExpected(MessageText.quoted(labels, "or"));
      }
    }
    List<Variant> variants =
        whole.variants().stream().filter(v -> only.isEmpty() || only.contains(v.label())).toList();
    return new Experiment(
        whole.name(),
        whole.summary(),
        whole.paper(),
        seeds == null ? whole.seeds() : seeds(whole.seeds()),
        variants,
        whole.metrics(),
        whole.charts(),
        whole.published().stream().filter(p -> shown(p, variants)).toList(),
        whole.claims(),
        whole.notes());
  }

  /** Whether the variant of a published result is among the selected ones. */
  private static boolean shown(Experiment.PublishedResult row, List<Variant> variants) {
    return row.variant().isEmpty()
        || variants.stream().anyMatch(v -> v.label().equals(row.variant().get()));
  }

  private List<Long> seeds(List<Long> declared) {
    return seeds <= declared.size()
        ? declared.subList(0, seeds)
        : LongStream.rangeClosed(1, seeds).boxed().toList();
  }

  private int show(ExperimentResults results) {
    if (json) {
      console.out().print(results.json(command()));
    } else {
      console.out().print(new ExperimentResultsText(results, "method").text(console.terminal()));
    }
    return results.allClaimsHold() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private String command() {
    return "gantry experiments run "
        + name
        + (seeds == null ? "" : " --seeds " + seeds)
        + (only.isEmpty() ? "" : " --only " + String.join(",", only))
        + (steps == null ? "" : " --steps " + steps);
  }
}
