package org.gantry.runs.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.EarlyStopping;
import org.gantry.runs.NetworkLock;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.internal.store.CheckpointStore.CheckpointScan;

/** What keeps a run from being resumed, whatever its recipe becomes. */
final class ResumptionChecks {

  private ResumptionChecks() {}

  /**
   * Refuses a run that has done all of its steps, or that stopped early.
   *
   * @throws RunException says how to continue it
   */
  static void requireWork(RunFolder folder, CheckpointScan scan, RecipeAmendment amendment)
      throws IOException {
    long step = scan.step();
    long steps = amendment.steps();
    EarlyStopping rule = amendment.composed().settings().earlyStopping();
    if (folder.state().status() == RunStatus.DONE && scan.health().progress().isExhausted(rule)) {
      throw new RunException(
          "the run %s %s; to continue it, raise train.early-stopping.patience above %d, such as with --set train.early-stopping.patience=%d"
              .formatted(
                  folder.path(),
                  scan.health().progress().reason(rule, step),
                  rule.patience(),
                  2 * rule.patience()));
    }
    if (step > steps) {
      throw new RunException(
          "the run %s has already done %d steps, more than %d; ask for more steps"
              .formatted(folder.path(), step, steps));
    }
    if (step == steps
        && (steps != amendment.recordedSteps() || folder.state().status() == RunStatus.DONE)) {
      throw new RunException(
          "the run %s has done all of its %d steps; ask for more steps to resume it"
              .formatted(folder.path(), steps));
    }
  }

  /**
   * Refuses a run whose networks start from files that have changed since.
   *
   * @throws RunException names the files
   */
  static void requireNetworkFiles(RunFolder folder, CheckpointScan scan, ComposedRecipe composed)
      throws IOException {
    Set<String> changed = new LinkedHashSet<>(NetworkLock.differences(folder.lockFile(), composed));
    if (scan.newest().isPresent()) {
      Path copy = scan.newest().get().path().resolve(folder.lockFile().getFileName());
      changed.addAll(NetworkLock.differences(copy, composed));
    }
    if (!changed.isEmpty()) {
      throw new RunException(
          "cannot resume the run %s, because files that its networks start from have changed: %s; restore them"
              .formatted(folder.path(), String.join("; ", changed)));
    }
  }
}
