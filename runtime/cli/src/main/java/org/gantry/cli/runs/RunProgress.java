package org.gantry.cli.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.host.support.TextFiles;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.StagedRun;

/**
 * How far a run is, with or without stages, for a process that watches its training.
 *
 * @param begun whether the folder is complete
 * @param running whether the training has neither ended nor failed nor been interrupted
 * @param done whether all steps are done
 * @param step the number of completed steps, of all stages
 * @param resumeCount how often the run, or one of its stages, was resumed
 * @param recipe the recipes in the folder; empty if there are none
 */
record RunProgress(
    boolean begun, boolean running, boolean done, long step, int resumeCount, String recipe) {

  /**
   * Reads the progress.
   *
   * @throws RunException if the folder is damaged
   */
  static RunProgress of(Path run) {
    Optional<StagedRun> staged = StagedRun.find(run);
    if (staged.isPresent()) {
      return of(staged.get());
    }
    RunFolder folder = new RunFolder(run);
    String recipe = read(folder.recipe());
    if (!Files.exists(folder.stateFile())) {
      return new RunProgress(false, false, false, 0, 0, recipe);
    }
    RunState state = RunFolder.open(run).state();
    return new RunProgress(
        true,
        state.status() == RunStatus.RUNNING,
        state.status() == RunStatus.DONE,
        state.step(),
        state.resumeCount(),
        recipe);
  }

  private static RunProgress of(StagedRun run) {
    List<RunProgress> stages =
        run.stages().stream().filter(run::hasBegun).map(s -> of(run.folder(s).path())).toList();
    boolean done = run.unfinished().isEmpty();
    return new RunProgress(
        true,
        !done && stages.stream().allMatch(stage -> stage.running() || stage.done()),
        done,
        stages.stream().mapToLong(RunProgress::step).sum(),
        stages.stream().mapToInt(RunProgress::resumeCount).sum(),
        stages.stream().map(RunProgress::recipe).reduce(read(run.recipe()), String::concat));
  }

  private static String read(Path recipe) {
    try {
      return Files.exists(recipe) ? TextFiles.read(recipe) : "";
    } catch (IOException e) {
      throw new RunException("cannot read " + recipe + ": " + e.getMessage(), e);
    }
  }
}
