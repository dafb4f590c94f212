package org.gantry.cli.runs;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.plugins.MissingPluginInstaller;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.cli.recipes.RecipeWarnings;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.workers.SparkTraining;
import org.gantry.cli.workers.WorkerOptions;
import org.gantry.cli.workers.WorkerRequest;
import org.gantry.host.support.UserPaths;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.NumberedRun;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.StagedRun;
import org.gantry.runs.training.AcceptedDifferences;
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

  @Option(
      names = "--other-data",
      description = "Continue a run although the files of its data have changed.")
  private boolean otherData;

  @Mixin private WorkerOptions workers;

  @Option(names = "--yes", description = "Do not ask for confirmations.")
  private boolean yes;

  @Spec private CommandSpec spec;

  private Optional<WorkerRun> workerRun = Optional.empty();

  public TrainCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    requireOneOf();
    workerRun = workers.request().map(this::workerRun);
    if (isolated) {
      return trainIsolated();
    }
    return resume == null ? startRun() : resumeRun();
  }

  private WorkerRun workerRun(WorkerRequest request) {
    if (isolated) {
      throw new InvalidInputException(
          "--on: workers are separate processes already, so it cannot take " + ISOLATED,
          "Leave out one of the two.");
    }
    return new WorkerRun(execution(), new SparkTraining(services, console, request));
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
    Optional<RunFolder> again = runOfRecipe();
    again.ifPresent(run -> request(run.path()).requireSamePlugins(run));
    Recipes recipes =
        again.isPresent() ? services.recipes().acceptingAnyVersion() : services.recipes();
    Optional<StagedRecipe> staged = composed(() -> recipes.composeStages(recipe, changes()));
    if (staged.isPresent()) {
      requireNoWorkers();
      return startStages(staged.get());
    }
    ComposedRecipe read = composed(() -> recipes.compose(recipe, changes()));
    ComposedRecipe composed = workerRun.map(workers -> workers.adapt(read)).orElse(read);
    if (isInterrupted(List.of(composed))) {
      return ExitCode.INTERRUPTED;
    }
    requireDevice(composed);
    RunFolder folder =
        create(
            () ->
                out == null
                    ? NumberedRun.create(Path.of(""), composed)
                    : RunFolder.create(out, composed));
    if (workerRun.isPresent()) {
      return workerRun.get().begin(folder, composed);
    }
    return execution()
        .train(
            "training %s in %s".formatted(composed.name(), folder.path()),
            folder,
            composed,
            (progress, stop) -> new TrainingRun(folder, composed).run(progress, stop));
  }

  private void requireNoWorkers() {
    if (workerRun.isPresent()) {
      throw new InvalidInputException(
          "--on: several workers cannot train a recipe with stages yet",
          "Train it on one machine, or train the stages as recipes of their own.");
    }
  }

  private static void requireDevice(ComposedRecipe composed) {
    try {
      EngineDevice.forNewRun(composed.settings());
    } catch (RunException e) {
      throw new InvalidInputException(
          e.getMessage(), "'gantry engine' shows the devices, and how to use others.");
    }
  }

  private int startStages(StagedRecipe staged) {
    if (isInterrupted(staged.stages().values())) {
      return ExitCode.INTERRUPTED;
    }
    staged.stages().values().forEach(TrainCommand::requireDevice);
    StagedRun run =
        create(
            () ->
                out == null
                    ? StagedRun.createNext(Path.of(""), staged)
                    : StagedRun.create(out, staged));
    return new StagedTraining(execution(), run, request(run.path())).begin();
  }

  /** Prints what to know before the training; whether the user interrupted the command. */
  private boolean isInterrupted(Collection<ComposedRecipe> composed) {
    composed.stream()
        .flatMap(recipe -> recipe.notes().stream())
        .distinct()
        .forEach(note -> console.err().println("note: " + note));
    if (console.interrupted().getAsBoolean()) {
      console.err().println("interrupted before the first step; nothing was written");
      return true;
    }
    composed.forEach(recipe -> RecipeWarnings.print(recipe, console));
    return false;
  }

  /** Composes the recipe; with --install, installs missing plugins first. */
  private <T> T composed(Supplier<T> composing) {
    return withTypedOptions(
        install
            ? () ->
                new MissingPluginInstaller(services.provisioning(), console, yes)
                    .installAndRetry(composing)
            : () -> MissingPluginInstaller.nameOption(composing));
  }

  /** The run that the recipe file belongs to, if any. */
  private Optional<RunFolder> runOfRecipe() {
    try {
      return RunFolder.findByRecipe(UserPaths.of(recipe));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private <T> T create(Supplier<T> creating) {
    try {
      return creating.get();
    } catch (RunException e) {
      throw new InvalidInputException(
          (out == null ? "" : "--out " + out + ": ") + e.getMessage(),
          "Name another folder with --out.",
          e);
    }
  }

  private int resumeRun() {
    resume = RunLocation.find(resume);
    ResumeRequest request = request(resume);
    Optional<StagedRun> staged = StagedRun.find(resume);
    if (staged.isPresent()) {
      requireNoWorkers();
      return withTypedOptions(
          () -> new StagedTraining(execution(), staged.get(), request).resume(changes()));
    }
    if (workerRun.isPresent()) {
      return workerRun.get().resume(request, resume, changes());
    }
    try (RunResumption resumption = withTypedOptions(() -> request.open(resume, changes()))) {
      Optional<Integer> refusal = request.refusal(resumption);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      return execution()
          .train(
              "continuing %s in %s".formatted(resumption.composed().name(), resume),
              resumption.folder(),
              resumption.composed(),
              (progress, stop) -> resumption.run(progress, stop));
    }
  }

  private TrainingExecution execution() {
    return new TrainingExecution(services, console);
  }

  private ResumeRequest request(Path run) {
    return new ResumeRequest(
        services, console, run, new AcceptedDifferences(otherPlugins, otherData), yes);
  }

  private int trainIsolated() {
    List<String> words = new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    words.removeIf(word -> word.equals(ISOLATED) || word.startsWith(ISOLATED + "="));
    Path given = resume == null ? out : RunLocation.guess(resume);
    if (given != null) {
      return new IsolatedTraining(services.launchScript(), console, given).train(words);
    }
    Path run = NumberedRun.claim(Path.of(""), nameOf(recipe));
    words.addAll(List.of("--out", run.toString()));
    try {
      return new IsolatedTraining(services.launchScript(), console, run).train(words);
    } finally {
      NumberedRun.release(run);
    }
  }

  /** The name of a recipe, from its path. */
  private static String nameOf(String recipe) {
    return Path.of(recipe).getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  private List<Recipes.Change> changes() {
    List<Recipes.Change> changes = new ArrayList<>(further.changes());
    changes.addAll(new TypedOptions(steps, seed).changes());
    return changes;
  }

  private <T> T withTypedOptions(Supplier<T> composing) {
    return new TypedOptions(steps, seed).call(composing);
  }
}
