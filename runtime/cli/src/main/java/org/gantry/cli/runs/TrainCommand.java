package org.gantry.cli.runs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.console.YesNoPrompt;
import org.gantry.cli.plugins.MissingPluginInstaller;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.cli.services.CommandServices;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.training.RunResumption;
import org.gantry.runs.training.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a recipe in a new run folder, or goes on with a run. */
@Command(
    name = "train",
    description = "Train a recipe, or continue a run.",
    customSynopsis = {
      "gantry train [OPTION]... RECIPE",
      "       gantry train [OPTION]... --resume RUN",
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "The run's folder is printed at the end. Ctrl-C ends the training after the current step and",
      "leaves a complete folder, from which --resume goes on as if nothing had happened.",
      "",
      "Example:",
      "  gantry train ring --steps 2000 --set regularizers=[instance-noise] --out runs/noisy-ring",
      "  gantry train --resume runs/noisy-ring --steps 4000"
    })
public final class TrainCommand implements Callable<Integer> {

  private static final String STEPS = ScheduledChange.STEPS;
  private static final String SEED = "train.seed";
  private static final String ISOLATED = "--isolated";

  private final CommandServices services;
  private final Console console;

  @Parameters(
      arity = "0..1",
      hideParamSyntax = true,
      paramLabel = "RECIPE",
      description = "The name of a bundled recipe ('gantry recipes' lists them), or a file.")
  private String recipe;

  @Mixin private ChangeArguments further;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run's folder, new or empty; by default runs/RECIPE-NNN.")
  private Path out;

  @Option(names = "--steps", paramLabel = "N", description = "How many steps to train in all.")
  private Long steps;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of everything random.")
  private Long seed;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Continue the run in this folder from its last checkpoint. Changes of its"
              + " recipe are listed and asked about.")
  private Path resume;

  @Option(
      names = ISOLATED,
      description =
          "Train in a process of its own, which is started again from the last checkpoint"
              + " when it dies.")
  private boolean isolated;

  @Option(
      names = "--install",
      description = "Install plugins that the recipe needs and a repository has.")
  private boolean install;

  @Option(
      names = "--other-plugins",
      description =
          "Continue a run, or train its recipe again, although the plugins are not those that it"
              + " was made with.")
  private boolean otherPlugins;

  @Option(
      names = "--yes",
      description = "Continue with a changed recipe, or install, without asking.")
  private boolean yes;

  @Spec private CommandSpec spec;

  public TrainCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    requireOneOf();
    if (isolated) {
      return trainIsolated();
    }
    return resume == null ? startRun() : resumeRun();
  }

  private void requireOneOf() {
    if (resume == null && recipe == null) {
      throw new InvalidInputException(
          "a RECIPE to train, or --resume RUN, was expected", "'gantry recipes' lists recipes.");
    } else if (resume == null && yes && !install) {
      throw new InvalidInputException(
          "--yes: there is nothing to ask without --resume or --install", "Leave it out.");
    } else if (resume != null && (recipe != null || out != null)) {
      throw new InvalidInputException(
          "--resume %s: the run goes on in its own folder with its own recipe, not with %s"
              .formatted(resume, recipe == null ? "--out " + out : "'" + recipe + "'"),
          "Leave out one of the two; --set and --steps change the run's recipe.");
    }
  }

  // ---- A new run
  // -------------------------------------------------------------------------------

  private int startRun() {
    ComposedRecipe composed = composed();
    if (console.interrupted().getAsBoolean()) {
      console.err().println("interrupted before the first step; nothing was written");
      return ExitCode.INTERRUPTED;
    }
    RunFolder folder = create(composed);
    return train(
        "training %s in %s".formatted(composed.name(), folder.path()),
        folder,
        composed,
        progress -> new TrainingRun(folder, composed).run(progress, stop()));
  }

  /** The recipe, after installing what it lacks where that was asked for. */
  private ComposedRecipe composed() {
    Optional<RunFolder> again = runOfRecipe();
    again.ifPresent(this::requireSamePlugins);
    Recipes recipes =
        again.isPresent() ? services.recipes().acceptingAnyVersion() : services.recipes();
    Supplier<ComposedRecipe> composing = () -> recipes.compose(recipe, changes());
    return withTypedOptions(
        install
            ? () ->
                new MissingPluginInstaller(services.provisioning(), console, yes)
                    .installAndRetry(composing)
            : composing);
  }

  /** The run whose own recipe is to be trained. */
  private Optional<RunFolder> runOfRecipe() {
    try {
      return RunFolder.findByRecipe(Path.of(recipe));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private RunFolder create(ComposedRecipe composed) {
    try {
      Path path = out == null ? RunFolder.nextPath(Path.of(""), composed.name()) : out;
      return RunFolder.create(path, composed);
    } catch (RunException e) {
      throw new InvalidInputException(
          (out == null ? "" : "--out " + out + ": ") + e.getMessage(),
          "Name another folder with --out.",
          e);
    }
  }

  // ---- A run continued
  // -------------------------------------------------------------------------

  private int resumeRun() {
    try (RunResumption resumption = open()) {
      resumption.notes().forEach(note -> console.err().println("note: " + note));
      boolean agreed = confirmChanges(resumption);
      if (console.interrupted().getAsBoolean()) {
        console.err().println("interrupted before the first step; nothing was changed");
        return ExitCode.INTERRUPTED;
      } else if (!agreed) {
        console.err().println("not continued; nothing was changed");
        return ExitCode.FAILED;
      }
      return train(
          "continuing %s in %s".formatted(resumption.composed().name(), resume),
          resumption.folder(),
          resumption.composed(),
          progress -> resumption.run(progress, stop()));
    }
  }

  private RunResumption open() {
    try {
      requireSamePlugins(RunFolder.open(resume));
      return withTypedOptions(
          () ->
              RunResumption.open(
                  resume, services.recipes(), services.components(), changes(), otherPlugins));
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
  }

  /** Shows what has changed, and asks about more than how long to train. */
  private boolean confirmChanges(RunResumption resumption) {
    List<RecipeDifference> differences = resumption.differences();
    if (!differences.isEmpty()) {
      TextTable table = TextTable.headed(2, "changed", "recorded", "new");
      differences.forEach(d -> table.row(d.path(), d.before().orElse("-"), d.after().orElse("-")));
      console.err().print(table.text(console.terminal().width(), console.terminal().errorColour()));
    }
    if (yes || differences.stream().allMatch(d -> d.path().equals(STEPS) || d.isVersionOnly())) {
      return true;
    }
    return console
        .terminal()
        .keyboard()
        .map(k -> new YesNoPrompt("Continue with this recipe?").ask(console, k))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--resume %s: the recipe is not the recorded one any more, and there is no"
                            .formatted(resume)
                        + " terminal to ask on whether to continue",
                    "Add --yes to continue with the changes."));
  }

  /** What ends a training early. */
  private BooleanSupplier stop() {
    return IsolatedTraining.interruptedOrOrphaned(System.getenv(), console.interrupted());
  }

  // ---- In a process of its own
  // -----------------------------------------------------------------

  private int trainIsolated() {
    List<String> words = new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    words.removeIf(word -> word.equals(ISOLATED) || word.startsWith(ISOLATED + "="));
    Path run = resume == null ? out : resume;
    if (run == null) {
      run = RunFolder.nextPath(Path.of(""), nameOf(recipe));
      words.addAll(List.of("--out", run.toString()));
    }
    return new IsolatedTraining(services.launchScript(), console, run).train(words);
  }

  /** What a recipe is called before it is read. */
  private static String nameOf(String recipe) {
    return Path.of(recipe).getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  /** What a run was made with decides what comes of its recipe, to the last bit. */
  private void requireSamePlugins(RunFolder run) {
    List<String> others = otherPlugins ? List.of() : run.pluginDifferences(services.components());
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          "the run %s was made with other plugins than are installed: %s"
              .formatted(run.path(), String.join("; ", others)),
          "Install what was used ('gantry plugins install NAME@VERSION'), or add --other-plugins"
              + " to go on with what there is.");
    }
  }

  // ---- Either
  // -----------------------------------------------------------------------------------

  private List<Recipes.Change> changes() {
    List<Recipes.Change> changes = new ArrayList<>(further.changes());
    if (steps != null) {
      changes.add(new Recipes.Change(STEPS, steps.toString()));
    }
    if (seed != null) {
      changes.add(new Recipes.Change(SEED, seed.toString()));
    }
    return changes;
  }

  /** A problem with an option is told of that option, not of the change that it stands for. */
  private <T> T withTypedOptions(Supplier<T> composing) {
    try {
      return composing.get();
    } catch (RecipeException e) {
      throw new RecipeException(e.problems().stream().map(this::withTypedOptions).toList());
    }
  }

  private InputProblem withTypedOptions(InputProblem problem) {
    String where =
        problem
            .location()
            .replace("--set " + STEPS + "=" + steps, "--steps " + steps)
            .replace("--set " + SEED + "=" + seed, "--seed " + seed);
    return problem.withLocation(where);
  }

  private int train(
      String announcement,
      RunFolder folder,
      ComposedRecipe composed,
      Function<TrainingListener, RunState> training) {
    try (RunPluginLease plugins = new RunPluginLease(folder, composed)) {
      return train(new ProgressDisplay(console, announcement, plugins::renew), folder, training);
    }
  }

  private int train(
      ProgressDisplay progress, RunFolder folder, Function<TrainingListener, RunState> training) {
    RunState state;
    try {
      state = training.apply(progress);
    } catch (RuntimeException e) {
      throw writeErrorLog(e, folder);
    } finally {
      progress.end();
    }
    return printConclusion(state, folder);
  }

  /** Keeps the plugins of a training from being removed under it. */
  private final class RunPluginLease implements AutoCloseable {

    private final RunFolder folder;
    private PluginProvisioner.PluginLease lease;

    RunPluginLease(RunFolder folder, ComposedRecipe composed) {
      this.folder = folder;
      lease = lease(composed);
    }

    void renew(ComposedRecipe composed) {
      PluginProvisioner.PluginLease before = lease;
      lease = lease(composed);
      before.close();
    }

    private PluginProvisioner.PluginLease lease(ComposedRecipe composed) {
      return services
          .provisioning()
          .acquireLease(folder.path().toAbsolutePath().normalize().toString(), composed.plugins());
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  private static RuntimeException writeErrorLog(RuntimeException failure, RunFolder folder) {
    if (!ErrorReport.of(failure).defect()) {
      return failure;
    }
    Path log = folder.path().resolve("error.log");
    try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
      failure.printStackTrace(writer);
      return new ErrorReport.LoggedFailure(failure, log);
    } catch (IOException e) {
      // A folder that cannot be written to may be the very reason for the failure.
      failure.addSuppressed(e);
      return failure;
    }
  }

  private int printConclusion(RunState state, RunFolder folder) {
    String run = folder.path().toString();
    if (state.status() == RunState.RunStatus.INTERRUPTED) {
      console
          .err()
          .printf(
              "interrupted after step %d of %d; %s is complete up to there%n"
                  + "  continue  gantry train --resume %s%n",
              state.step(), state.steps(), run, run);
      console.out().println(run);
      return ExitCode.INTERRUPTED;
    }
    console
        .err()
        .print(
            "%d steps in %s\n".formatted(state.step(), NumberText.duration(state.seconds()))
                + TextTable.plain(2)
                    .row("pictures", folder.samples().toString())
                    .row("more", "gantry sample " + run)
                    .row("figures", "gantry evaluate " + run)
                    .text(Integer.MAX_VALUE, false));
    console.out().println(run);
    return ExitCode.DONE;
  }
}
