package org.gantry.runs.internal.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.text.JsonFiles;

/**
 * The list of a checkpoint's files with their sizes and hashes. The hash of the manifest itself is
 * in a file next to it, in the format of {@code sha256sum --check}.
 */
final class CheckpointManifest {

  private static final String MANIFEST = "manifest.json";
  private static final String SEAL = "manifest.sha256";

  private CheckpointManifest() {}

  /** Writes the manifest of a folder whose other files are complete. */
  static void write(Path folder, long step) throws IOException {
    ObjectNode manifest = JsonFiles.object().put("step", step);
    ArrayNode entries = manifest.putArray("files");
    for (Path file : files(folder)) {
      entries
          .addObject()
          .put("name", name(folder, file))
          .put("bytes", Files.size(file))
          .put("sha256", Sha256.of(file));
    }
    byte[] content = JsonFiles.file(manifest);
    Files.write(folder.resolve(MANIFEST), content);
    Files.writeString(folder.resolve(SEAL), seal(content));
  }

  /**
   * Compares the files of a checkpoint with its manifest, and the manifest with its hash.
   *
   * @throws IOException if a file is missing, corrupt, or not in the manifest; names the first such
   *     file
   */
  static void verify(Path folder, long step) throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    requireFile(manifest);
    requireFile(folder.resolve(SEAL));
    byte[] seal = TextFiles.bytes(folder.resolve(SEAL));
    if (!Arrays.equals(seal, seal(TextFiles.bytes(manifest)).getBytes(US_ASCII))) {
      throw corrupt(manifest);
    }
    JsonNode content = JsonFiles.read(manifest);
    long recorded = JsonFiles.required(content, "step", manifest).asLong();
    if (recorded != step) {
      throw new IOException(
          folder + " is the checkpoint of step " + recorded + " under another name");
    }
    Set<String> listed = new HashSet<>(List.of(MANIFEST, SEAL));
    for (JsonNode entry : JsonFiles.required(content, "files", manifest)) {
      String name = JsonFiles.required(entry, "name", manifest).asText();
      listed.add(name);
      if (!folder.resolve(name).normalize().startsWith(folder.normalize())) {
        throw new IOException(manifest + " lists the file " + name + " outside of the checkpoint");
      }
      verifyFile(folder.resolve(name), entry, manifest);
    }
    for (Path file : files(folder)) {
      if (!listed.contains(name(folder, file))) {
        throw new IOException(file + " is not part of the checkpoint");
      }
    }
  }

  private static void verifyFile(Path file, JsonNode entry, Path manifest) throws IOException {
    requireFile(file);
    long bytes = JsonFiles.required(entry, "bytes", manifest).asLong();
    if (Files.size(file) != bytes) {
      throw new IOException(
          file + " has " + Files.size(file) + " bytes, but " + bytes + " were written");
    }
    if (!Sha256.of(file).equals(JsonFiles.required(entry, "sha256", manifest).asText())) {
      throw corrupt(file);
    }
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing");
    }
  }

  private static IOException corrupt(Path file) {
    return new IOException(file + " is corrupt (SHA-256 mismatch)");
  }

  /** All files except hidden ones, which file managers create. */
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
