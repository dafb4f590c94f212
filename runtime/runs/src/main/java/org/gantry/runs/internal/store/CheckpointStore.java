package org.gantry.runs.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.Recipes.Change;

/**
 * The checkpoints of a run. Each is a folder that is written under another name, synced and then
 * renamed, so a folder with the name of a checkpoint is complete. Its manifest detects later
 * damage.
 *
 * @param folder contains the checkpoints
 * @param keep how many checkpoints to keep, at least 1
 * @param every the interval of scheduled checkpoints, in steps. A checkpoint at another step, which
 *     an interrupted run writes, is removed when a later one is written. So it does not displace a
 *     checkpoint to which a training may roll back.
 * @param best selects a checkpoint to keep in addition to the latest ones
 */
public record CheckpointStore(Path folder, int keep, long every, Optional<BestCheckpoint> best) {

  private static final Pattern NAME = Pattern.compile("step-(\\d{6,18})");

  /** Creates a store in which all checkpoints are scheduled and none is the best. */
  public CheckpointStore(Path folder, int keep) {
    this(folder, keep, 1, Optional.empty());
  }

  /** Writes the files of a checkpoint. */
  @FunctionalInterface
  public interface CheckpointContent {

    /** Writes the files into an empty folder. */
    void write(Path into) throws IOException;
  }

  /**
   * A checkpoint.
   *
   * @param path its folder
   * @param step the number of steps before it
   */
  public record Checkpoint(Path path, long step) {}

  /**
   * A checkpoint whose files are missing or corrupt.
   *
   * @param path its folder
   * @param reason what is wrong with it, as a sentence
   */
  public record DamagedCheckpoint(Path path, String reason) {

    /** A note to the user. */
    public String note() {
      return "the checkpoint " + path.getFileName() + " is damaged and was skipped: " + reason;
    }
  }

  /**
   * The result of a search for the checkpoint to resume from.
   *
   * @param newest the latest intact checkpoint
   * @param damaged the later ones, which are damaged, latest first
   */
  public record CheckpointScan(Optional<Checkpoint> newest, List<DamagedCheckpoint> damaged) {

    /** The step of the newest checkpoint, or 0. */
    public long step() {
      return newest.map(Checkpoint::step).orElse(0L);
    }

    /** The health that the checkpoint recorded; the initial one without a checkpoint. */
    public TrainingHealth health() throws IOException {
      return newest.isPresent() ? TrainingHealth.read(newest.get().path()) : TrainingHealth.INITIAL;
    }

    /** The changes of the recipe that had taken effect at the checkpoint. */
    public List<Change> changes() throws IOException {
      return health().changes();
    }
  }

  /** The name of the files of a step, such as {@code step-000500}. */
  public static String name(long step) {
    return String.format(Locale.ROOT, "step-%06d", step);
  }

  /** Writes a checkpoint, then removes those that expired. If writing fails, the others stay. */
  public Path write(long step, CheckpointContent content) throws IOException {
    Path target = folder.resolve(name(step));
    Path partial = AtomicFiles.partial(target);
    try {
      AtomicFiles.delete(partial);
      Files.createDirectory(partial);
      content.write(partial);
      CheckpointManifest.write(partial, step);
      AtomicFiles.syncTree(partial);
      AtomicFiles.delete(target);
      AtomicFiles.move(partial, target);
    } catch (IOException | RuntimeException e) {
      // This also frees space, so that the state can be recorded on a full disk.
      try {
        AtomicFiles.delete(partial);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
    for (Checkpoint old : expired()) {
      remove(old);
    }
    return target;
  }

  /** Removes a checkpoint. Renames it first, so that its name never means a partial one. */
  static void remove(Checkpoint checkpoint) throws IOException {
    Path partial = AtomicFiles.partial(checkpoint.path());
    AtomicFiles.delete(partial);
    AtomicFiles.move(checkpoint.path(), partial);
    AtomicFiles.delete(partial);
  }

  private List<Checkpoint> expired() throws IOException {
    List<Checkpoint> all = all();
    List<Checkpoint> scheduled = all.stream().filter(this::isScheduled).toList();
    int from = Math.max(0, scheduled.size() - keep);
    List<Checkpoint> kept = new ArrayList<>(scheduled.subList(from, scheduled.size()));
    kept.add(all.get(all.size() - 1));
    if (best.isPresent()) {
      best.get().find(all).ifPresent(kept::add);
    }
    return all.stream().filter(c -> !kept.contains(c)).toList();
  }

  /** Whether an uninterrupted training writes this checkpoint, too. */
  public boolean isScheduled(Checkpoint checkpoint) {
    return every <= 1 || checkpoint.step() % every == 0;
  }

  /** Searches for the latest intact checkpoint. */
  public CheckpointScan scan() throws IOException {
    List<Checkpoint> all = new ArrayList<>(all());
    Collections.reverse(all);
    List<DamagedCheckpoint> damaged = new ArrayList<>();
    for (Checkpoint checkpoint : all) {
      try {
        verify(checkpoint);
        return new CheckpointScan(Optional.of(checkpoint), damaged);
      } catch (IOException e) {
        damaged.add(new DamagedCheckpoint(checkpoint.path(), ErrorText.of(e)));
      }
    }
    return new CheckpointScan(Optional.empty(), damaged);
  }

  /**
   * The checkpoint of a step.
   *
   * @throws IOException if the checkpoint is missing, with the steps of the others, or if it is
   *     damaged
   */
  public Checkpoint atStep(long step) throws IOException {
    List<Checkpoint> all = all();
    for (Checkpoint checkpoint : all) {
      if (checkpoint.step() == step) {
        verify(checkpoint);
        return checkpoint;
      }
    }
    String others =
        all.stream().map(c -> Long.toString(c.step())).collect(Collectors.joining(", "));
    throw new IOException(
        "there is no checkpoint of step "
            + step
            + (all.isEmpty() ? "" : "; there are checkpoints of the steps " + others));
  }

  /**
   * The best checkpoint.
   *
   * @throws IOException if there is no best checkpoint, or if it is damaged
   */
  public Checkpoint best(BestCheckpoint rule) throws IOException {
    Optional<Checkpoint> found = rule.find(all());
    if (found.isEmpty()) {
      throw new IOException("no checkpoint records " + rule.value());
    }
    verify(found.get());
    return found.get();
  }

  /**
   * Renames a damaged checkpoint to {@code damaged-...}, so that its name is free. Removes nothing,
   * because the user may want to look at it.
   *
   * @return its new path
   */
  static Path setAside(DamagedCheckpoint checkpoint) throws IOException {
    Path target = checkpoint.path().resolveSibling("damaged-" + checkpoint.path().getFileName());
    AtomicFiles.delete(target);
    AtomicFiles.move(checkpoint.path(), target);
    return target;
  }

  /** All checkpoints, by step. */
  public List<Checkpoint> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    requireOwn(folder);
    List<Checkpoint> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Matcher matcher = NAME.matcher(entry.getFileName().toString());
        if (matcher.matches()) {
          requireOwn(entry);
          found.add(new Checkpoint(entry, Long.parseLong(matcher.group(1))));
        }
      }
    }
    found.sort(Comparator.comparingLong(Checkpoint::step));
    return found;
  }

  /** Checkpoints expire, so a link could lead to the removal of files that belong to others. */
  private static void requireOwn(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new IOException(path + " is a link; a run has checkpoints in its own folder only");
    }
  }

  /**
   * Compares the files of a checkpoint with its manifest.
   *
   * @throws IOException if a file is missing, corrupt, or not part of the checkpoint; names the
   *     first such file
   */
  public static void verify(Checkpoint checkpoint) throws IOException {
    CheckpointManifest.verify(checkpoint.path(), checkpoint.step());
  }
}
