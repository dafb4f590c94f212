package org.gantry.cli.runs;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.console.YesNoPrompt;
import org.gantry.cli.plugins.MissingPluginInstaller;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.training.RunResumption;
import org.gantry.runs.training.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a recipe in a new run folder, or continues a run. */
@Command(
    name = "train",
    description = "Train a recipe, or continue a run.",
    customSynopsis = {
      "gantry train [OPTION]... RECIPE",
      "       gantry train [OPTION]... --resume RUN",
    },
    footer = {
      "The command prints the run's folder at the end. Ctrl-C ends the training after the current",
      "step; --resume then continues it with the same result as an uninterrupted training.",
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
      description = "The run's folder, which must be new or empty; by default runs/RECIPE-NNN.")
  private Path out;

  @Option(names = "--steps", paramLabel = "N", description = "The total number of steps.")
  private Long steps;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of all random numbers.")
  private Long seed;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Continue the run in this folder from its last checkpoint. A change by --set or --seed"
              + " needs a confirmation.")
  private Path resume;

  @Option(
      names = ISOLATED,
      description =
          "Train in a separate process. If it crashes, restart it from the last checkpoint.")
  private boolean isolated;

  @Option(
      names = "--install",
      description = "Install missing plugins that the recipe needs, if a repository has them.")
  private boolean install;

  @Option(
      names = "--other-plugins",
      description =
          "Continue a run, or train its recipe again, with other plugins than it was made with.")
  private boolean otherPlugins;

  @Option(names = "--yes", description = "Do not ask for confirmations.")
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
          "expected a RECIPE to train, or --resume RUN", "'gantry recipes' lists recipes.");
    } else if (resume == null && yes && !install) {
      throw new InvalidInputException(
          "--yes: there is nothing to ask without --resume or --install", "Leave it out.");
    } else if (resume != null && (recipe != null || out != null)) {
      throw new InvalidInputException(
          "--resume %s: a continued run keeps its own folder and recipe; it cannot take %s"
              .formatted(resume, recipe == null ? "--out " + out : "'" + recipe + "'"),
          "Leave out one of the two; --set and --steps change the run's recipe.");
    }
  }

  private int startRun() {
    ComposedRecipe composed = composed();
    if (console.interrupted().getAsBoolean()) {
      console.err().println("interrupted before the first step; nothing was written");
      return ExitCode.INTERRUPTED;
    }
    RunFolder folder = create(composed);
    return new TrainingExecution(services, console)
        .train(
            "training %s in %s".formatted(composed.name(), folder.path()),
            folder,
            composed,
            (progress, stop) -> new TrainingRun(folder, composed).run(progress, stop));
  }

  /** Composes the recipe; with --install, installs missing plugins first. */
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

  /** The run that the recipe file belongs to, if any. */
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
      return new TrainingExecution(services, console)
          .train(
              "continuing %s in %s".formatted(resumption.composed().name(), resume),
              resumption.folder(),
              resumption.composed(),
              (progress, stop) -> resumption.run(progress, stop));
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

  /**
   * Shows changes of the recipe. Asks for a confirmation unless only the number of steps changed.
   */
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
                    "--resume %s: the recipe has changed, and there is no terminal to ask whether to continue"
                        .formatted(resume),
                    "Add --yes to continue with the changes."));
  }

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

  /** The name of a recipe, from its path. */
  private static String nameOf(String recipe) {
    return Path.of(recipe).getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  /** Rejects plugins other than those of the run, because they could change its result. */
  private void requireSamePlugins(RunFolder run) {
    List<String> others = otherPlugins ? List.of() : run.pluginDifferences(services.components());
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          "the run %s was made with other plugins than are installed: %s"
              .formatted(run.path(), String.join("; ", others)),
          "Install the run's plugins ('gantry plugins install NAME@VERSION'), or add"
              + " --other-plugins to use the installed ones.");
    }
  }

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

  /** Reports problems under the option that the user typed, not under the change it stands for. */
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
}
