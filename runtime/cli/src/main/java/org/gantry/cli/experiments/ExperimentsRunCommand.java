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
import org.gantry.cli.console.TextTable;
import org.gantry.cli.plugins.MissingPluginInstaller;
import org.gantry.cli.runs.ProgressDisplay;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.services.ExperimentSource;
import org.gantry.components.PluginJar;
import org.gantry.experiments.Experiment;
import org.gantry.experiments.ExperimentFigure;
import org.gantry.experiments.ExperimentResults;
import org.gantry.experiments.TrialOutcome;
import org.gantry.experiments.TrialSeries;
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.Variant;
import org.gantry.host.CommandInvocation;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.runs.RunException;
import org.gantry.runs.TrainingListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an experiment, or what is left of it. */
@Command(
    name = "run",
    description = "Run an experiment, and say whether what is claimed of it holds.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Trainings that are finished in the folder are not repeated, and one that was interrupted"
          + " goes",
      "on. NAME.json and NAME.png in the folder have what came of it. The exit code is 1 if a"
          + " claim",
      "does not hold.",
      "",
      "Example:",
      "  gantry experiments run ring --seeds 3 --only plain,noise"
    })
public final class ExperimentsRunCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Parameters(
      paramLabel = "NAME",
      description = "An experiment ('gantry experiments list' lists them), or a file.")
  private String name;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds; by default what the experiment says.")
  private Integer seeds;

  @Option(
      names = "--only",
      paramLabel = "VARIANT",
      split = ",",
      description = "Train these variants only; claims about others stay open.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Train so many steps instead, to try the experiment out.")
  private Long steps;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The experiment's folder; by default experiments/NAME.")
  private Path out;

  @Option(names = "--dry-run", description = "Show what is left to do, and train nothing.")
  private boolean dryRun;

  @Option(
      names = "--install",
      description = "Install plugins that the experiment needs and a repository has.")
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
    List<PluginJar> needed =
        install
            ? new MissingPluginInstaller(services.provisioning(), console, yes)
                .installAndRetry(checking)
            : checking.get();
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

  /** Keeps the plugins of all trainings from being removed under them. */
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
                "--only %s: the experiment has no such variant".formatted(wanted),
                NearestName.suggestion(wanted, labels)
                    + "It has "
                    + String.join(", ", labels)
                    + ".")
            .withExpected(MessageWording.quoted(labels, "or"));
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

  /** What was published of a variant is of use beside that variant only. */
  private static boolean shown(Experiment.PublishedResult row, List<Variant> variants) {
    return row.variant().isEmpty()
        || variants.stream().anyMatch(v -> v.label().equals(row.variant().get()));
  }

  private List<Long> seeds(List<Long> declared) {
    return seeds <= declared.size()
        ? declared.subList(0, seeds)
        : LongStream.rangeClosed(1, seeds).boxed().toList();
  }

  // ---- Training
  // ----------------------------------------------------------------------------------

  private List<TrialOutcome> run(TrialSeries series, Experiment experiment, int finished) {
    SeriesProgress progress = new SeriesProgress(series, experiment, finished);
    try {
      return series.run(services.recipes(), services.components(), progress, console.interrupted());
    } finally {
      progress.end();
    }
  }

  /** Shows the training under way as 'train' does, and a line on each that is over. */
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

    /** What is left to do; nothing is said of nothing. */
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

  // ---- What came of it
  // ---------------------------------------------------------------------------

  private int printConclusion(TrialSeries series, ExperimentResults results) {
    write(series, results, true);
    int code = show(results);
    if (results.outcomes().size() < results.planned()) {
      console.err().println("interrupted; the same command goes on");
      return ExitCode.INTERRUPTED;
    }
    return code;
  }

  private int show(ExperimentResults results) {
    if (json) {
      console.out().print(results.json(command()));
    } else {
      console.out().print(table(results));
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

  private String table(ExperimentResults results) {
    Experiment experiment = results.experiment();
    List<String> head = new ArrayList<>(List.of("method", "trainings"));
    head.addAll(experiment.metrics().keySet());
    TextTable table = TextTable.headed(0, head.toArray(new String[0]));
    for (Variant variant : experiment.variants()) {
      List<String> cells = new ArrayList<>();
      cells.add(variant.label());
      cells.add(Integer.toString(results.outcomesOf(variant).size()));
      experiment
          .metrics()
          .keySet()
          .forEach(metric -> cells.add(results.summary(variant, metric).text()));
      table.row(cells.toArray(new String[0]));
    }
    for (Experiment.PublishedResult row : experiment.published()) {
      List<String> cells = new ArrayList<>(List.of(row.label(), row.source()));
      experiment.metrics().keySet().forEach(m -> cells.add(row.values().getOrDefault(m, "")));
      table.row(cells.toArray(new String[0]));
    }
    TextTable claims = TextTable.headed(0, "claim", "verdict", "left and right");
    results.verdicts().forEach((c, v) -> claims.row(c.text(), v.word(), v.numbers()));
    int width = console.terminal().width();
    boolean colour = console.terminal().outColour();
    String said = results.verdicts().isEmpty() ? "" : "\n" + claims.text(width, colour);
    String failed =
        results.outcomes().stream()
            .filter(outcome -> !outcome.failure().isEmpty())
            .map(o -> "%n%s, seed %d failed: %s".formatted(o.point(), o.seed(), o.failure()))
            .collect(Collectors.joining());
    return table.text(width, colour) + said + (failed.isEmpty() ? "" : failed + "\n");
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
