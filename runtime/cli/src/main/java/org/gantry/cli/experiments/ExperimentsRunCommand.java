package org.gantry.cli.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.plugins.MissingPluginInstaller;
import org.gantry.cli.runs.ProgressDisplay;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.services.ExperimentSource;
import org.gantry.components.PluginJar;
import org.gantry.experiments.ExperimentFigure;
import org.gantry.experiments.ExperimentResults;
import org.gantry.experiments.TrialOutcome;
import org.gantry.experiments.TrialSeries;
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.Variant;
import org.gantry.host.CommandInvocation;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.TrainingListener;
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
    Supplier<List<PluginJar>> checking = () -> series.validate(services.recipes());
    List<PluginJar> needed = dryRun ? checkedForDryRun(checking) : checked(checking);
    List<TrialOutcome> known =
        trials.stream().flatMap(trial -> series.findOutcome(trial).stream()).toList();
    console
        .err()
        .printf(
            "%s: %d training%s, %d finished, in %s%n",
            experiment.name(), trials.size(), trials.size() == 1 ? "" : "s", known.size(), folder);
    if (dryRun) {
      return show(new ExperimentResults(experiment, known, trials.size()));
    }
    try (PluginProvisioner.PluginLease plugins = lease(folder, needed)) {
      Objects.requireNonNull(plugins);
      List<TrialOutcome> outcomes = run(series, experiment, known.size());
      return printConclusion(series, new ExperimentResults(experiment, outcomes, trials.size()));
    }
  }

  private List<PluginJar> checked(Supplier<List<PluginJar>> checking) {
    return install
        ? new MissingPluginInstaller(services.provisioning(), console, yes)
            .installAndRetry(checking)
        : MissingPluginInstaller.nameOption(checking);
  }

  /** Checks the recipes without installing anything; a dry run only notes missing plugins. */
  private List<PluginJar> checkedForDryRun(Supplier<List<PluginJar>> checking) {
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
      return List.of();
    }
  }

  /** Prevents the removal of plugins while the trainings use them. */
  private PluginProvisioner.PluginLease lease(Path folder, List<PluginJar> plugins) {
    return services
        .provisioning()
        .acquireLease(folder.toAbsolutePath().normalize().toString(), plugins);
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

  private List<TrialOutcome> run(TrialSeries series, Experiment experiment, int finished) {
    SeriesProgress progress = new SeriesProgress(series, experiment, finished);
    try {
      return series.run(services.recipes(), services.components(), progress, console.interrupted());
    } finally {
      progress.end();
    }
  }

  /** Shows the running training like 'train', and prints a line for each finished one. */
  private final class SeriesProgress implements TrialSeries.SeriesListener {

    private final TrialSeries series;
    private final Experiment experiment;
    private final long begun = System.nanoTime();
    private int left;
    private int over;
    private ProgressDisplay line;

    SeriesProgress(TrialSeries series, Experiment experiment, int finished) {
      this.series = series;
      this.experiment = experiment;
      this.left = series.trials().size() - finished;
    }

    @Override
    public TrainingListener trialStarted(ExperimentTrial trial, Path run, int number) {
      end();
      String which = "%s (%d of %d)".formatted(trial.label(), number, series.trials().size());
      line = new ProgressDisplay(console, which, changed -> {});
      return line;
    }

    @Override
    public void trialFinished(TrialOutcome outcome, List<TrialOutcome> results) {
      end();
      left--;
      over++;
      double seconds = (System.nanoTime() - begun) / 1e9;
      String values =
          outcome.failure().isEmpty()
              ? outcome.values().entrySet().stream()
                  .map(e -> e.getKey() + " " + NumberText.figure(e.getValue()))
                  .collect(Collectors.joining(", "))
              : "failed: " + outcome.failure();
      console
          .err()
          .printf(
              "%s, seed %d: %s%s%n", outcome.point(), outcome.seed(), values, remaining(seconds));
      write(series, new ExperimentResults(experiment, results, series.trials().size()), false);
    }

    /** The number of remaining trainings with their time; empty at the end. */
    private String remaining(double seconds) {
      return left == 0
          ? ""
          : "; %d left, about %s".formatted(left, NumberText.duration(seconds / over * left));
    }

    void end() {
      if (line != null) {
        line.end();
        line = null;
      }
    }
  }

  private int printConclusion(TrialSeries series, ExperimentResults results) {
    write(series, results, true);
    int code = show(results);
    if (results.outcomes().size() < results.planned()) {
      console.err().println("interrupted; the same command continues");
      return ExitCode.INTERRUPTED;
    }
    return code;
  }

  private int show(ExperimentResults results) {
    if (json) {
      console.out().print(results.json(command()));
    } else {
      console.out().print(new ExperimentResultsText(results).text(console.terminal()));
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

  private void write(TrialSeries series, ExperimentResults results, boolean picture) {
    String stem = results.experiment().name();
    Path folder = series.folder();
    try {
      Files.createDirectories(folder);
      new OutputFile("--out", folder.resolve(stem + ".json")).write(results.json(command()));
      if (picture) {
        Optional<byte[]> png = ExperimentFigure.png(series, results);
        if (png.isPresent()) {
          new OutputFile("--out", folder.resolve(stem + ".png")).write(o -> o.write(png.get()));
        }
      }
    } catch (IOException e) {
      throw new RunException("cannot write the results to " + folder + ": " + e.getMessage(), e);
    }
  }
}
