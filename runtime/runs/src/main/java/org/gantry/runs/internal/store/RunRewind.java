package org.gantry.runs.internal.store;

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
import org.gantry.runs.internal.store.CheckpointStore.Checkpoint;
import org.gantry.runs.internal.store.CheckpointStore.CheckpointScan;
import org.gantry.runs.internal.store.CheckpointStore.DamagedCheckpoint;

/**
 * Takes a run folder back to its state at a checkpoint. All operations can be repeated, so the
 * process may be killed at any point.
 */
public final class RunRewind {

  private static final Pattern PICTURE = Pattern.compile("step-(\\d{6,18})\\.(png|csv)");

  private RunRewind() {}

  /**
   * Takes back everything that was written after a checkpoint, before a run is resumed from it.
   *
   * @param scan the checkpoint, and the later damaged ones, which are renamed; without a checkpoint
   *     the run begins again
   * @return the training time in seconds at the checkpoint, by the metrics
   */
  public static double toCheckpoint(RunFolder folder, CheckpointScan scan) throws IOException {
    AtomicFiles.removePartials(folder.path());
    AtomicFiles.removePartials(folder.samples());
    AtomicFiles.removePartials(folder.checkpoints());
    Files.createDirectories(folder.samples());
    Files.createDirectories(folder.checkpoints());
    for (DamagedCheckpoint damaged : scan.damaged()) {
      CheckpointStore.setAside(damaged);
    }
    MetricHistory.cutEvents(folder.history(), scan.health().eventCount());
    return cut(folder, scan.step());
  }

  /**
   * Takes back what a running training wrote after a step, including later checkpoints.
   *
   * @param checkpoints all checkpoints
   */
  public static void toStep(RunFolder folder, List<Checkpoint> checkpoints, long step)
      throws IOException {
    // The latest goes first: if the process ends here, the run resumes from the latest that is
    // left.
    List<Checkpoint> latestFirst = new ArrayList<>(checkpoints);
    Collections.reverse(latestFirst);
    for (Checkpoint later : latestFirst) {
      if (later.step() > step) {
        CheckpointStore.remove(later);
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
