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
import org.gantry.recipes.Composed;
import org.gantry.recipes.Settings;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.Status;
import org.gantry.runs.internal.Checkpoints.Checkpoint;

/** What a training keeps in its folder beside metrics: pictures, checkpoints, and how it stands. */
final class Keeping {

  private final Standing standing;
  private final RunFolder folder;
  private final Checkpoints checkpoints;
  private final Optional<Best> best;

  Keeping(Standing standing) {
    this.standing = standing;
    Settings settings = standing.settings();
    folder = standing.folder();
    best = Best.of(settings);
    checkpoints =
        new Checkpoints(
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
    if (best.filter(b -> b.ends(standing.step())).isPresent()) {
      standing.watch().mean(Best.Mean.NONE);
    }
  }

  /** Takes the values of a step into that mean. */
  void count(Map<String, Double> values) {
    Watch watch = standing.watch();
    best.ifPresent(b -> watch.mean(watch.mean().with(b.in(values))));
  }

  /** Writes a picture of samples. */
  Path picture(Learner learner) {
    Path picture = folder.samples().resolve(Checkpoints.name(standing.step()) + ".png");
    return Writing.writing(
        "a picture",
        picture,
        file -> {
          learner.draw(file);
          return file;
        });
  }

  /** Writes a checkpoint. */
  Path checkpoint(Learner learner) {
    Watch watch = standing.watch();
    Path written =
        Writing.writing(
            "a checkpoint",
            folder.checkpoints().resolve(Checkpoints.name(standing.step())),
            place ->
                checkpoints.write(
                    standing.step(),
                    into -> {
                      learner.save(into);
                      Files.copy(folder.lockFile(), into.resolve(folder.lockFile().getFileName()));
                      if (!watch.idle() || watch.made() > 0 || best.isPresent()) {
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
  List<Checkpoint> quiet() throws IOException {
    List<Checkpoint> quiet = new ArrayList<>();
    for (Checkpoint checkpoint : checkpoints.all()) {
      if (checkpoints.counts(checkpoint)
          && checkpoint.step() <= standing.step()
          && Health.read(checkpoint.path()).quiet()) {
        quiet.add(checkpoint);
      }
    }
    return quiet;
  }

  /** Adds a line to the run's history. */
  void note(ObjectNode line) {
    Writing.writing(
        "the run's history",
        folder.history(),
        file -> {
          try (Lines history = Lines.append(file)) {
            history.add(line);
          }
          return line;
        });
  }

  /** Writes the run's recipe, and what it is made of. */
  void recipe(Composed composed) {
    Writing.writing(
        "the run's recipe",
        folder.recipe(),
        file -> {
          Durable.write(folder.lockFile(), Json.file(Records.lock(composed)));
          Durable.write(file, composed.yaml().getBytes(StandardCharsets.UTF_8));
          return file;
        });
  }

  /** Writes how the run stands. */
  RunState state(Status status, String reason) {
    RunState state =
        new RunState(
            status,
            standing.step(),
            standing.steps(),
            Json.seconds(standing.seconds()),
            reason,
            standing.start().resumed(),
            standing.watch().troubles());
    return Writing.writing(
        "the run's state",
        folder.stateFile(),
        file -> {
          Durable.write(file, Json.file(Records.state(state)));
          return state;
        });
  }

  /** Writes that the run failed, if that can still be written. */
  RunException failed(RunException failure) {
    try {
      state(Status.FAILED, failure.getMessage());
    } catch (RunException unrecorded) {
      failure.addSuppressed(unrecorded);
    }
    return failure;
  }
}
