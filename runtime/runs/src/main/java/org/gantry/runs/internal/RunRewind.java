package org.gantry.runs.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gantry.host.support.AtomicFiles;
import org.gantry.runs.RunFolder;
import org.gantry.runs.internal.CheckpointStore.CheckpointScan;
import org.gantry.runs.internal.CheckpointStore.DamagedCheckpoint;

/**
 * How a run folder gets back to the state that it had at a checkpoint. Every part can be done
 * again, so that a process may be killed in the middle of it.
 */
public final class RunRewind {

  private static final Pattern PICTURE = Pattern.compile("step-(\\d{6,18})\\.(png|csv)");

  private RunRewind() {}

  /**
   * Takes back everything that was written after a checkpoint.
   *
   * @param found the checkpoint, and the damaged ones after it, which lose their names; without
   *     one, the run begins again
   * @return the seconds of training that lie behind, as the history has them
   */
  public static double to(RunFolder folder, CheckpointScan found) throws IOException {
    long step = found.newest().map(CheckpointStore.Checkpoint::step).orElse(0L);
    AtomicFiles.removePartials(folder.path());
    AtomicFiles.removePartials(folder.samples());
    AtomicFiles.removePartials(folder.checkpoints());
    Files.createDirectories(folder.samples());
    Files.createDirectories(folder.checkpoints());
    for (DamagedCheckpoint damaged : found.damaged()) {
      CheckpointStore.setAside(damaged);
    }
    MetricHistory.cutEvents(folder.history(), found.health().eventCount());
    return cut(folder, step);
  }

  /**
   * Takes back what a running training wrote after a checkpoint, later checkpoints included.
   *
   * @param checkpoints all that there are
   */
  static void back(RunFolder folder, List<CheckpointStore.Checkpoint> checkpoints, long step)
      throws IOException {
    // The latest goes first: whatever is left is where the run goes on if its process ends here.
    List<CheckpointStore.Checkpoint> latestFirst = new ArrayList<>(checkpoints);
    Collections.reverse(latestFirst);
    for (CheckpointStore.Checkpoint later : latestFirst) {
      if (later.step() > step) {
        Path leaving = AtomicFiles.partial(later.path());
        AtomicFiles.delete(leaving);
        AtomicFiles.move(later.path(), leaving);
        AtomicFiles.delete(leaving);
      }
    }
    cut(folder, step);
  }

  private static double cut(RunFolder folder, long step) throws IOException {
    MetricHistory.cut(folder.evaluations(), step);
    removePictures(folder.samples(), step);
    return MetricHistory.cut(folder.metrics(), step);
  }

  private static void removePictures(Path samples, long step) throws IOException {
    try (Stream<Path> entries = Files.list(samples)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Matcher matcher = PICTURE.matcher(entry.getFileName().toString());
        if (matcher.matches() && Long.parseLong(matcher.group(1)) > step) {
          Files.delete(entry);
        }
      }
    }
  }
}
