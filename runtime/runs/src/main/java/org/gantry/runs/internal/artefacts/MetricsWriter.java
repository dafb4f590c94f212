package org.gantry.runs.internal.artefacts;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.internal.loop.Learner;
import org.gantry.runs.internal.loop.StepListener;
import org.gantry.runs.internal.loop.TrainingState;
import org.gantry.runs.internal.store.CheckedWrite;
import org.gantry.runs.internal.store.CheckedWrite.VoidWrite;
import org.gantry.runs.internal.store.MetricHistory;

/** Writes the metrics of a training, as JSON lines and for TensorBoard. */
final class MetricsWriter implements StepListener {

  private final TrainingState state;
  private MetricHistory history;

  MetricsWriter(TrainingState state) {
    this.state = state;
  }

  @Override
  public void begin() {
    write(() -> history = MetricHistory.open(state.folder(), state.start().created()));
  }

  @Override
  public void stepDone(Learner learner, Map<String, Double> values, boolean last) {
    if (last
        || state.step() == 1
        || state.isDue(state.settings().logEvery())
        || !state.figures().isEmpty()) {
      Map<String, Double> all = new LinkedHashMap<>(values);
      learner
          .gradients()
          .forEach((player, norm) -> all.putIfAbsent(player + MetricCurve.GRADIENT_NORM, norm));
      all.putAll(state.figures());
      write(() -> history.add(state.step(), state.seconds(), all));
    }
  }

  /** Adds a picture of samples for TensorBoard. */
  void addPicture(Path picture) {
    write(() -> history.addPicture(state.step(), picture));
  }

  /** Syncs the metrics to the disk. */
  void sync() {
    write(() -> history.sync());
  }

  @Override
  public void close() {
    if (history != null) {
      write(() -> history.close());
    }
  }

  private void write(VoidWrite write) {
    CheckedWrite.run("the metrics", state.folder().metrics(), write);
  }
}
