package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run. Each is a folder that is written aside, synced and renamed, so that a
 * folder of a checkpoint's name is always a whole one; its manifest tells whether it still is.
 *
 * @param folder where they lie
 * @param keep how many to keep, at least 1
 */
public record Checkpoints(Path folder, int keep) {

  private static final Pattern NAME = Pattern.compile("step-(\\d{6,18})");
  private static final String MANIFEST = "manifest.json";

  /** Writes the files of a checkpoint into an empty folder. */
  @FunctionalInterface
  public interface Content {

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

  /** The name of what belongs to a step, such as {@code step-000500}. */
  public static String name(long step) {
    return String.format(Locale.ROOT, "step-%06d", step);
  }

  /** Writes a checkpoint and then removes the oldest ones. On failure all others stay. */
  public Path write(long step, Content content) throws IOException {
    Path place = folder.resolve(name(step));
    Path aside = folder.resolve("." + name(step) + ".partial");
    try {
      Durable.remove(aside);
      Files.createDirectory(aside);
      content.write(aside);
      Files.write(aside.resolve(MANIFEST), Json.file(manifest(step, aside)));
      Durable.syncTree(aside);
      Durable.remove(place);
      Durable.move(aside, place);
    } catch (IOException | RuntimeException e) {
      // Frees the space, too, so that the run's state can still be recorded on a full disk.
      try {
        Durable.remove(aside);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
    List<Checkpoint> all = all();
    for (Checkpoint old : all.subList(0, Math.max(0, all.size() - keep))) {
      Durable.remove(old.path());
    }
    return place;
  }

  /** The checkpoint of the latest step. */
  public Optional<Checkpoint> last() throws IOException {
    List<Checkpoint> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
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
   * Compares a checkpoint's files with its manifest.
   *
   * @throws IOException naming the first file that is missing or not what was written
   */
  public static void verify(Checkpoint checkpoint) throws IOException {
    Path manifest = checkpoint.path().resolve(MANIFEST);
    for (JsonNode entry : Json.required(Json.read(manifest), "files", manifest)) {
      Path file =
          checkpoint.path().resolve(Json.required(entry, "name", manifest).asText()).normalize();
      if (!file.startsWith(checkpoint.path().normalize()) || !Files.isRegularFile(file)) {
        throw new IOException(file + " is missing");
      }
      long bytes = Json.required(entry, "bytes", manifest).asLong();
      if (Files.size(file) != bytes) {
        throw new IOException(
            file + " has " + Files.size(file) + " bytes instead of the " + bytes + " written");
      }
      if (!sha256(file).equals(Json.required(entry, "sha256", manifest).asText())) {
        throw new IOException(file + " is not what was written: its SHA-256 differs");
      }
    }
  }

  private static ObjectNode manifest(long step, Path folder) throws IOException {
    ObjectNode manifest = Json.object().put("step", step);
    ArrayNode files = manifest.putArray("files");
    List<Path> found;
    try (Stream<Path> tree = Files.walk(folder)) {
      found = tree.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : found) {
      files
          .addObject()
          .put("name", folder.relativize(file).toString().replace('\\', '/'))
          .put("bytes", Files.size(file))
          .put("sha256", sha256(file));
    }
    return manifest;
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform offers SHA-256", e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
