package org.gantry.runs.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.JsonFiles;

/**
 * The checkpoints of a run. Each is a folder that is written aside, synced and renamed, so that a
 * folder of a checkpoint's name is always a whole one. Its manifest tells whether it still is; the
 * manifest's own hash lies beside it, in the form that {@code sha256sum --check} reads.
 *
 * @param folder where they lie
 * @param keep how many to keep, at least 1
 * @param every of steps that are a multiple of this; others, which a run that was interrupted
 *     wrote, go when a later one comes, so that they push out none that a training may go back to
 * @param best which one to keep beside the latest
 */
public record CheckpointStore(Path folder, int keep, long every, Optional<BestCheckpoint> best) {

  /** Checkpoints that all count, of which the latest are kept. */
  public CheckpointStore(Path folder, int keep) {
    this(folder, keep, 1, Optional.empty());
  }

  private static final Pattern NAME = Pattern.compile("step-(\\d{6,18})");
  private static final String MANIFEST = "manifest.json";
  private static final String SEAL = "manifest.sha256";

  /** Writes the files of a checkpoint into an empty folder. */
  @FunctionalInterface
  public interface CheckpointContent {

    /** Writes. */
    void write(Path into) throws IOException;
  }

  /**
   * A checkpoint.
   *
   * @param path its folder
   * @param step the steps that it has behind it
   */
  public record Checkpoint(Path path, long step) {}

  /**
   * A checkpoint that is not what was written.
   *
   * @param path its folder
   * @param reason what is wrong with it, as a sentence
   */
  public record DamagedCheckpoint(Path path, String reason) {

    /** The same for a person. */
    public String note() {
      return "the checkpoint " + path.getFileName() + " is damaged and is passed over: " + reason;
    }
  }

  /**
   * The checkpoint to go on from.
   *
   * @param newest the latest one that is whole
   * @param damaged the later ones that are not, latest first
   */
  public record CheckpointScan(Optional<Checkpoint> newest, List<DamagedCheckpoint> damaged) {

    /** What the checkpoint knows of the run's troubles. */
    public TrainingHealth health() throws IOException {
      return newest.isPresent() ? TrainingHealth.read(newest.get().path()) : TrainingHealth.INITIAL;
    }

    /** What remedies had changed of the recipe at the checkpoint. */
    public List<Recipes.Change> changes() throws IOException {
      return health().changes();
    }
  }

  /** The name of what belongs to a step, such as {@code step-000500}. */
  public static String name(long step) {
    return String.format(Locale.ROOT, "step-%06d", step);
  }

  /** Writes a checkpoint and then removes the oldest ones. On failure all others stay. */
  public Path write(long step, CheckpointContent content) throws IOException {
    Path place = folder.resolve(name(step));
    Path aside = AtomicFiles.partial(place);
    try {
      AtomicFiles.delete(aside);
      Files.createDirectory(aside);
      content.write(aside);
      byte[] manifest = JsonFiles.file(manifest(step, aside));
      Files.write(aside.resolve(MANIFEST), manifest);
      Files.writeString(aside.resolve(SEAL), seal(manifest));
      AtomicFiles.syncTree(aside);
      AtomicFiles.delete(place);
      AtomicFiles.move(aside, place);
    } catch (IOException | RuntimeException e) {
      // Frees the space, too, so that the run's state can still be recorded on a full disk.
      try {
        AtomicFiles.delete(aside);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
    for (Checkpoint old : expired()) {
      // Renamed first, so that it is never half there under its name.
      Path leaving = AtomicFiles.partial(old.path());
      AtomicFiles.delete(leaving);
      AtomicFiles.move(old.path(), leaving);
      AtomicFiles.delete(leaving);
    }
    return place;
  }

  private List<Checkpoint> expired() throws IOException {
    List<Checkpoint> all = all();
    List<Checkpoint> counted = all.stream().filter(this::isScheduled).toList();
    List<Checkpoint> kept = counted.subList(Math.max(0, counted.size() - keep), counted.size());
    List<Checkpoint> also = new ArrayList<>(kept);
    also.add(all.get(all.size() - 1));
    if (best.isPresent()) {
      best.get().find(all).ifPresent(also::add);
    }
    return all.stream().filter(c -> !also.contains(c)).toList();
  }

  /** Whether a training would have written the checkpoint had nobody interrupted it. */
  boolean isScheduled(Checkpoint checkpoint) {
    return every <= 1 || checkpoint.step() % every == 0;
  }

  /** Looks for the latest checkpoint that is whole. */
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
   * @throws IOException if there is none, naming those that there are, or it is not whole
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
            + (all.isEmpty() ? "" : "; there are those of the steps " + others));
  }

  /**
   * The best checkpoint.
   *
   * @throws IOException if there is none, or it is not whole
   */
  public Checkpoint best(BestCheckpoint rule) throws IOException {
    Optional<Checkpoint> found = rule.find(all());
    if (found.isEmpty()) {
      throw new IOException("no checkpoint tells of " + rule.value());
    }
    verify(found.get());
    return found.get();
  }

  /**
   * Takes a damaged checkpoint's name away, so that another can have it. Nothing is removed: what
   * is damaged may still be of use to somebody who looks at it.
   *
   * @return where it is now
   */
  static Path setAside(DamagedCheckpoint checkpoint) throws IOException {
    Path place = checkpoint.path().resolveSibling("damaged-" + checkpoint.path().getFileName());
    AtomicFiles.delete(place);
    AtomicFiles.move(checkpoint.path(), place);
    return place;
  }

  /** All checkpoints, by step. */
  public List<Checkpoint> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Checkpoint> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Matcher matcher = NAME.matcher(entry.getFileName().toString());
        if (matcher.matches()) {
          found.add(new Checkpoint(entry, Long.parseLong(matcher.group(1))));
        }
      }
    }
    found.sort(Comparator.comparingLong(Checkpoint::step));
    return found;
  }

  /**
   * Compares a checkpoint's files with its manifest, and the manifest with its hash.
   *
   * @throws IOException naming the first file that is missing, not what was written, or not part of
   *     the checkpoint
   */
  public static void verify(Checkpoint checkpoint) throws IOException {
    Path path = checkpoint.path();
    Path manifest = path.resolve(MANIFEST);
    requireFile(manifest);
    requireFile(path.resolve(SEAL));
    byte[] seal = Files.readAllBytes(path.resolve(SEAL));
    if (!Arrays.equals(seal, seal(Files.readAllBytes(manifest)).getBytes(US_ASCII))) {
      throw changed(manifest);
    }
    JsonNode content = JsonFiles.read(manifest);
    long step = JsonFiles.required(content, "step", manifest).asLong();
    if (step != checkpoint.step()) {
      throw new IOException(path + " is the checkpoint of step " + step + " under another name");
    }
    Set<String> listed = new HashSet<>(List.of(MANIFEST, SEAL));
    for (JsonNode entry : JsonFiles.required(content, "files", manifest)) {
      String name = JsonFiles.required(entry, "name", manifest).asText();
      listed.add(name);
      verify(path.resolve(name), entry, manifest);
    }
    for (Path file : files(path)) {
      if (!listed.contains(name(path, file))) {
        throw new IOException(file + " is no part of the checkpoint");
      }
    }
  }

  private static void verify(Path file, JsonNode entry, Path manifest) throws IOException {
    requireFile(file);
    long bytes = JsonFiles.required(entry, "bytes", manifest).asLong();
    if (Files.size(file) != bytes) {
      throw new IOException(
          file + " has " + Files.size(file) + " bytes instead of the " + bytes + " written");
    }
    if (!Sha256.of(file).equals(JsonFiles.required(entry, "sha256", manifest).asText())) {
      throw changed(file);
    }
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing");
    }
  }

  private static IOException changed(Path file) {
    return new IOException(file + " is not what was written: its SHA-256 differs");
  }

  private static ObjectNode manifest(long step, Path folder) throws IOException {
    ObjectNode manifest = JsonFiles.object().put("step", step);
    ArrayNode files = manifest.putArray("files");
    for (Path file : files(folder)) {
      files
          .addObject()
          .put("name", name(folder, file))
          .put("bytes", Files.size(file))
          .put("sha256", Sha256.of(file));
    }
    return manifest;
  }

  /** All files but hidden ones, which file managers like to leave. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static String seal(byte[] manifest) {
    return Sha256.of(manifest) + "  " + MANIFEST + "\n";
  }
}
