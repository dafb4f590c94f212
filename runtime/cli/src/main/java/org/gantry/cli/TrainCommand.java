package org.gantry.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Problem;
import org.gantry.recipes.RecipeException;
import org.gantry.recipes.Recipes;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a recipe in a new run folder. */
@Command(
    name = "train",
    description = "Train a recipe.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "The run's folder is printed at the end. Ctrl-C ends the training after the current step and",
      "leaves a complete folder.",
      "",
      "Example:",
      "  gantry train ring --steps 2000 --set regularizers=[instance-noise] --out runs/noisy-ring"
    })
final class TrainCommand implements Callable<Integer> {

  private static final String STEPS = "train.steps";
  private static final String SEED = "train.seed";

  private final Services services;
  private final Console console;

  @Mixin private RecipeArguments recipe;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run's folder, new or empty; by default runs/RECIPE-NNN.")
  private Path out;

  @Option(names = "--steps", paramLabel = "N", description = "How many steps to train.")
  private Long steps;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of everything random.")
  private Long seed;

  TrainCommand(Services services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    Composed composed = compose();
    if (console.interrupted().getAsBoolean()) {
      console.err().println("interrupted before the first step; nothing was written");
      return ExitCode.INTERRUPTED;
    }
    RunFolder folder = create(composed);
    ProgressLine progress =
        new ProgressLine(console, "training %s in %s".formatted(composed.name(), folder.path()));
    RunState state;
    try {
      state = new Training(folder, composed).run(progress, console.interrupted());
    } catch (RuntimeException e) {
      throw logged(e, folder);
    } finally {
      progress.end();
    }
    return conclude(state, folder);
  }

  private Composed compose() {
    List<Recipes.Change> changes = new ArrayList<>();
    if (steps != null) {
      changes.add(new Recipes.Change(STEPS, steps.toString()));
    }
    if (seed != null) {
      changes.add(new Recipes.Change(SEED, seed.toString()));
    }
    try {
      return recipe.compose(services, changes);
    } catch (RecipeException e) {
      throw new RecipeException(e.problems().stream().map(this::asTyped).toList());
    }
  }

  /** A problem with an option is told of that option, not of the change that it stands for. */
  private Problem asTyped(Problem problem) {
    String where =
        problem
            .where()
            .replace("--set " + STEPS + "=" + steps, "--steps " + steps)
            .replace("--set " + SEED + "=" + seed, "--seed " + seed);
    return new Problem(where, problem.message(), problem.fix());
  }

  private RunFolder create(Composed composed) {
    try {
      Path path = out == null ? RunFolder.next(Path.of(""), composed.name()) : out;
      return RunFolder.create(path, composed);
    } catch (RunException e) {
      throw new WrongInput(
          (out == null ? "" : "--out " + out + ": ") + e.getMessage(),
          "Name another folder with --out.",
          e);
    }
  }

  private static RuntimeException logged(RuntimeException failure, RunFolder folder) {
    if (!Complaint.of(failure).defect()) {
      return failure;
    }
    Path log = folder.path().resolve("error.log");
    try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
      failure.printStackTrace(writer);
      return new Complaint.Logged(failure, log);
    } catch (IOException e) {
      // A folder that cannot be written to may be the very reason for the failure.
      failure.addSuppressed(e);
      return failure;
    }
  }

  private int conclude(RunState state, RunFolder folder) {
    String run = folder.path().toString();
    if (state.status() == RunState.Status.INTERRUPTED) {
      console
          .err()
          .printf(
              "interrupted after step %d of %d; %s is complete up to there%n",
              state.step(), state.steps(), run);
      console.out().println(run);
      return ExitCode.INTERRUPTED;
    }
    console
        .err()
        .print(
            "%d steps in %s\n".formatted(state.step(), Quantities.duration(state.seconds()))
                + Table.plain(2)
                    .row("pictures", folder.samples().toString())
                    .row("more", "gantry sample " + run)
                    .row("figures", "gantry evaluate " + run)
                    .text(Integer.MAX_VALUE, false));
    console.out().println(run);
    return ExitCode.DONE;
  }
}
