package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.internal.CheckpointStore.Checkpoint;

/** What a training keeps in its folder beside metrics: pictures, checkpoints, and how it stands. */
final class RunWriter {

  private final TrainingState standing;
  private final RunFolder folder;
  private final CheckpointStore checkpoints;
  private final Optional<BestCheckpoint> best;

  RunWriter(TrainingState standing) {
    this.standing = standing;
    TrainSettings settings = standing.settings();
    folder = standing.folder();
    best = BestCheckpoint.of(settings);
    checkpoints =
        new CheckpointStore(
            folder.checkpoints(),
            settings.keep(),
            standing.watch().rollsBack() ? settings.checkpointEvery() : 1,
            best);
    beginMean();
  }

  /**
   * The mean by which the best checkpoint is told is over the steps since the checkpoint before.
   */
  private void beginMean() {
    if (best.filter(b -> b.isScheduled(standing.step())).isPresent()) {
      standing.watch().mean(BestCheckpoint.ReportedMean.EMPTY);
    }
  }

  /** Takes the values of a step into that mean. */
  void count(Map<String, Double> values) {
    WatchdogRunner watch = standing.watch();
    best.ifPresent(b -> watch.mean(watch.mean().with(b.valueIn(values))));
  }

  /** Writes a picture of samples. */
  Path writePicture(Learner learner) {
    Path picture = folder.samples().resolve(CheckpointStore.name(standing.step()) + ".png");
    return CheckedWrite.run(
        "a picture",
        picture,
        file -> {
          learner.draw(file);
          return file;
        });
  }

  /** Writes a checkpoint. */
  Path writeCheckpoint(Learner learner) {
    WatchdogRunner watch = standing.watch();
    Path written =
        CheckedWrite.run(
            "a checkpoint",
            folder.checkpoints().resolve(CheckpointStore.name(standing.step())),
            place ->
                checkpoints.write(
                    standing.step(),
                    into -> {
                      learner.save(into);
                      Files.copy(folder.lockFile(), into.resolve(folder.lockFile().getFileName()));
                      if (!watch.isEmpty() || watch.made() > 0 || best.isPresent()) {
                        watch.health().write(into);
                      }
                    }));
    beginMean();
    return written;
  }

  /** All checkpoints, by step. */
  List<Checkpoint> checkpoints() throws IOException {
    return checkpoints.all();
  }

  /** The checkpoints up to now at which nothing was amiss, by step. */
  List<Checkpoint> healthyCheckpoints() throws IOException {
    List<Checkpoint> quiet = new ArrayList<>();
    for (Checkpoint checkpoint : checkpoints.all()) {
      if (checkpoints.isScheduled(checkpoint)
          && checkpoint.step() <= standing.step()
          && TrainingHealth.read(checkpoint.path()).isHealthy()) {
        quiet.add(checkpoint);
      }
    }
    return quiet;
  }

  /** Adds a line to the run's history. */
  void appendHistory(ObjectNode line) {
    CheckedWrite.run(
        "the run's history",
        folder.history(),
        file -> {
          try (JsonLines history = JsonLines.append(file)) {
            history.add(line);
          }
          return line;
        });
  }

  /** Writes the run's recipe, and what it is made of. */
  void writeRecipe(ComposedRecipe composed) {
    CheckedWrite.run(
        "the run's recipe",
        folder.recipe(),
        file -> {
          AtomicFiles.write(folder.lockFile(), JsonFiles.file(RunRecords.lock(composed)));
          AtomicFiles.write(file, composed.yaml().getBytes(StandardCharsets.UTF_8));
          return file;
        });
  }

  /** Writes how the run stands. */
  RunState writeState(RunStatus status, String reason) {
    RunState state =
        new RunState(
            status,
            standing.step(),
            standing.steps(),
            JsonFiles.seconds(standing.seconds()),
            reason,
            standing.start().resumed(),
            standing.watch().troubleText());
    return CheckedWrite.run(
        "the run's state",
        folder.stateFile(),
        file -> {
          AtomicFiles.write(file, JsonFiles.file(RunRecords.state(state)));
          return state;
        });
  }

  /** Writes that the run failed, if that can still be written. */
  RunException recordFailure(RunException failure) {
    try {
      writeState(RunStatus.FAILED, failure.getMessage());
    } catch (RunException unrecorded) {
      failure.addSuppressed(unrecorded);
    }
    return failure;
  }
}
