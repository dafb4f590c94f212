package org.gantry.cli.runs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunLock;
import org.gantry.runs.RunState;
import org.gantry.runs.StagedRun;
import org.gantry.runs.training.AcceptedDifferences;
import org.gantry.runs.training.RunResumption;
import org.gantry.runs.training.TrainingRun;

/**
 * Trains the stages of a run one after another. Each is a training of its own; a stage that is
 * interrupted or fails leaves the earlier ones as they are.
 *
 * @param execution executes the training of each stage
 * @param run the run with the stages
 * @param request how stages that have begun are continued
 */
public record StagedTraining(TrainingExecution execution, StagedRun run, ResumeRequest request) {

  /**
   * Trains all stages of a new run.
   *
   * @return the exit code
   */
  public static int begin(TrainingExecution execution, StagedRun run) {
    ResumeRequest asIs =
        new ResumeRequest(
            execution.services(),
            execution.console(),
            run.path(),
            new AcceptedDifferences(false, false),
            false);
    return new StagedTraining(execution, run, asIs).begin();
  }

  /** Trains all stages of a new run. */
  int begin() {
    return RunLock.runLocked(run.path(), () -> train(run.stages(), List.of()));
  }

  /**
   * Continues the first stage that is not done, and then trains the later ones.
   *
   * @param changes of the stages that are not done
   */
  int resume(List<Change> changes) {
    List<String> stages = run.stages();
    String first = run.unfinished().orElse(stages.get(stages.size() - 1));
    List<String> remaining = stages.subList(stages.indexOf(first), stages.size());
    requireOf(remaining, changes);
    RunLock lock = lock();
    try {
      return train(remaining, changes);
    } finally {
      lock.close();
    }
  }

  private RunLock lock() {
    try {
      request.requireSamePlugins(new RunFolder(run.path()));
      return RunLock.acquire(run.path());
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
  }

  /** Refuses changes of stages that are done: later ones have used their networks. */
  private void requireOf(List<String> stages, List<Change> changes) {
    for (Change change : changes) {
      Optional<String> stage = StagedRecipe.stageOf(change);
      if (stage.isPresent() && !stages.contains(stage.get())) {
        throw run.stages().contains(stage.get())
            ? new InvalidInputException(
                "--set %s: the stage '%s' is done".formatted(change.path(), stage.get()),
                "Change %s, or train the changed recipe in another run."
                    .formatted(MessageText.quoted(stages, "or")))
            : new InvalidInputException(
                "--set %s: the run has no stage '%s'".formatted(change.path(), stage.get()),
                NearestName.suggestion(stage.get(), run.stages())
                    + "Its stages are "
                    + MessageText.quoted(run.stages(), "and")
                    + ".");
      }
    }
  }

  private int train(List<String> stages, List<Change> changes) {
    List<String> ahead = stages.stream().filter(stage -> !run.hasBegun(stage)).toList();
    Optional<String> changed = changed(ahead, changes);
    for (String stage : stages) {
      if (run.isDone(stage) && !stage.equals(stages.get(0))) {
        continue;
      }
      if (execution.console().interrupted().getAsBoolean()) {
        return interrupted("before the first step of the stage '" + stage + "'");
      }
      int code =
          run.hasBegun(stage)
              ? continueStage(stage, StagedRecipe.changesWithin(stage, changes), changed)
              : beginStage(stage, changed);
      if (code != ExitCode.DONE) {
        return code;
      }
    }
    return execution.printConclusion(run.folder(stages.get(stages.size() - 1)), run.path());
  }

  /** Returns the recipe with changes of the stages that have not begun, if it changes. */
  private Optional<String> changed(List<String> stages, List<Change> changes) {
    List<Change> ahead = StagedRecipe.changesOf(stages, changes);
    return ahead.isEmpty()
        ? Optional.empty()
        : recipes().composeStages(run.recipe().toString(), ahead).map(StagedRecipe::yaml);
  }

  private int beginStage(String stage, Optional<String> changed) {
    changed.ifPresent(run::writeRecipe);
    RunFolder folder = run.folder(stage);
    RunFolder.removeIncomplete(folder.path());
    ComposedRecipe composed = recipes().composeStage(run.recipe().toString(), stage, run.path());
    RunFolder.create(folder.path(), composed);
    RunState state =
        execution.run(
            "training %s in %s".formatted(composed.name(), folder.path()),
            folder,
            composed,
            (progress, stop) -> new TrainingRun(folder, composed).run(progress, stop));
    return concluded(stage, state);
  }

  private int continueStage(String stage, List<Change> changes, Optional<String> changed) {
    RunFolder folder = run.folder(stage);
    try (RunResumption resumption = request.open(folder.path(), changes)) {
      Optional<Integer> refusal = request.refusal(resumption);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      changed.ifPresent(run::writeRecipe);
      RunState state =
          execution.run(
              "continuing %s in %s".formatted(resumption.composed().name(), folder.path()),
              folder,
              resumption.composed(),
              (progress, stop) -> resumption.run(progress, stop));
      return concluded(stage, state);
    }
  }

  /** Records what the stage was trained with, and says how it ended. */
  private int concluded(String stage, RunState state) {
    try {
      String trained = TextFiles.read(run.folder(stage).recipe());
      run.writeRecipe(recipes().withTrainedStage(run.recipe().toString(), stage, trained));
    } catch (IOException e) {
      throw new RunException("cannot read the run's recipe: " + ErrorText.of(e), e);
    }
    if (state.status() == RunState.RunStatus.INTERRUPTED) {
      return interrupted(
          "after step %d of %d of the stage '%s'".formatted(state.step(), state.steps(), stage));
    }
    execution.console().err().printf("the stage '%s' is done%n", stage);
    return ExitCode.DONE;
  }

  private int interrupted(String when) {
    return execution.printInterruption(when, run.path());
  }

  /** Recipes that compare plugins by their hashes, as a run does, and not by their versions. */
  private Recipes recipes() {
    return execution.services().recipes().acceptingAnyVersion();
  }
}
