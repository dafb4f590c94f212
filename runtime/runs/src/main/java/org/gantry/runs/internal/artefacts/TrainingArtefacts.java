package org.gantry.runs.internal.artefacts;

import java.nio.file.Path;
import java.util.List;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.loop.RunWriter;
import org.gantry.runs.internal.loop.StepListener;
import org.gantry.runs.internal.loop.TrainingLoop;
import org.gantry.runs.internal.loop.TrainingState;

/** Surrounds a training loop with the listeners that write its artefacts. */
public final class TrainingArtefacts {

  private TrainingArtefacts() {}

  /** A loop that writes metrics, reports progress, and writes pictures and checkpoints. */
  public static TrainingLoop loop(TrainingState state, TrainingListener listener) {
    RunWriter writer = new RunWriter(state);
    MetricsWriter metrics = new MetricsWriter(state);
    StepListener artefacts =
        StepListener.of(
            List.of(
                metrics,
                progress(state, listener),
                pictures(state, writer, metrics, listener),
                checkpoints(state, writer, metrics, listener)));
    return new TrainingLoop(state, writer, artefacts, listener);
  }

  private static StepListener progress(TrainingState state, TrainingListener listener) {
    return (learner, values, last) ->
        listener.stepDone(state.step(), state.steps(), state.seconds(), values);
  }

  private static StepListener pictures(
      TrainingState state, RunWriter writer, MetricsWriter metrics, TrainingListener listener) {
    return (learner, values, last) -> {
      if (last || state.isDue(state.settings().sampleEvery())) {
        Path picture = writer.writePicture(learner);
        metrics.addPicture(picture);
        listener.pictureWritten(picture);
      }
    };
  }

  /** Syncs the metrics before each checkpoint, so that they are never behind it. */
  private static StepListener checkpoints(
      TrainingState state, RunWriter writer, MetricsWriter metrics, TrainingListener listener) {
    return (learner, values, last) -> {
      if (last || state.isDue(state.settings().checkpointEvery())) {
        metrics.sync();
        listener.checkpointWritten(writer.writeCheckpoint(learner));
        writer.writeState(RunStatus.RUNNING, "");
      }
    };
  }
}
