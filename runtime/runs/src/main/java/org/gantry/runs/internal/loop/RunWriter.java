package org.gantry.runs.internal.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.internal.store.CheckedWrite;
import org.gantry.runs.internal.store.CheckpointStore;
import org.gantry.runs.internal.store.CheckpointStore.Checkpoint;
import org.gantry.runs.internal.store.JsonLines;
import org.gantry.runs.internal.store.TrainingHealth;

/** Writes the files of a running training: pictures, checkpoints, history, recipe and state. */
public final class RunWriter {

  private final TrainingState state;
  private final RunFolder folder;
  private final CheckpointStore checkpoints;

  /** Creates a writer for a training. */
  public RunWriter(TrainingState state) {
    this.state = state;
    folder = state.folder();
    checkpoints =
        new CheckpointStore(
            folder.checkpoints(),
            state.settings().keep(),
            state.watchdogs().mayRollBack() ? state.settings().checkpointEvery() : 1,
            state.best());
  }

  /** Writes a picture of samples; returns its path. */
  public Path writePicture(Learner learner) {
    Path picture = folder.samples().resolve(CheckpointStore.name(state.step()) + ".png");
    CheckedWrite.run("a picture", picture, () -> learner.draw(picture));
    return picture;
  }

  /** Writes a checkpoint; returns its path. */
  public Path writeCheckpoint(Learner learner) {
    Path written =
        CheckedWrite.call(
            "a checkpoint",
            folder.checkpoints().resolve(CheckpointStore.name(state.step())),
            () ->
                checkpoints.write(
                    state.step(),
                    into -> {
                      learner.save(into);
                      Files.copy(folder.lockFile(), into.resolve(folder.lockFile().getFileName()));
                      if (state.hasHealth()) {
                        state.health().write(into);
                      }
                    }));
    state.restartMean();
    return written;
  }

  /** All checkpoints, by step. */
  List<Checkpoint> checkpoints() throws IOException {
    return checkpoints.all();
  }

  /** The scheduled checkpoints up to now that were healthy, by step. */
  List<Checkpoint> healthyCheckpoints() throws IOException {
    List<Checkpoint> healthy = new ArrayList<>();
    for (Checkpoint checkpoint : checkpoints.all()) {
      if (checkpoints.isScheduled(checkpoint)
          && checkpoint.step() <= state.step()
          && TrainingHealth.read(checkpoint.path()).isHealthy()) {
        healthy.add(checkpoint);
      }
    }
    return healthy;
  }

  /** Appends a line to the history of the run. */
  void appendHistory(ObjectNode line) {
    Path history = folder.history();
    CheckedWrite.run("the run's history", history, () -> JsonLines.append(history, line));
  }

  /** Writes the recipe of the run and its components. */
  void writeRecipe(ComposedRecipe recipe) {
    CheckedWrite.run("the run's recipe", folder.recipe(), () -> folder.writeRecipe(recipe));
  }

  /** Writes the progress of the run; returns it. */
  public RunState writeState(RunStatus status, String reason) {
    RunState progress =
        new RunState(
            status,
            state.step(),
            state.steps(),
            JsonFiles.seconds(state.seconds()),
            reason,
            state.start().resumeCount(),
            state.watchdogs().troubleText());
    CheckedWrite.run("the run's state", folder.stateFile(), () -> folder.writeState(progress));
    return progress;
  }

  /** Writes that the run failed, if that is possible; returns the failure. */
  RunException recordFailure(RunException failure) {
    try {
      writeState(RunStatus.FAILED, failure.getMessage());
    } catch (RunException unrecorded) {
      failure.addSuppressed(unrecorded);
    }
    return failure;
  }
}
