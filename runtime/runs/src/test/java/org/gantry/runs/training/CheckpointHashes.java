package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gantry.runs.RunFolder;
import org.gantry.runs.internal.store.CheckpointStore;

/**
 * The hashes of the arrays in a run's last checkpoint.
 *
 * @param step the number of steps before it
 * @param hashes the SHA-256 of each file
 */
record CheckpointHashes(long step, Map<String, String> hashes) {

  /** Hashes the last checkpoint of a run; all its checkpoints must be intact. */
  static CheckpointHashes of(RunFolder folder) {
    try {
      CheckpointStore.CheckpointScan found = new CheckpointStore(folder.checkpoints(), 1).scan();
      assertEquals(0, found.damaged().size(), () -> found.damaged().toString());
      CheckpointStore.Checkpoint last = found.newest().orElseThrow();
      Map<String, String> hashes = new TreeMap<>();
      try (Stream<Path> files = Files.list(last.path())) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (file.toString().endsWith(".safetensors")) {
            hashes.put(file.getFileName().toString(), sha256(file));
          }
        }
      }
      return new CheckpointHashes(last.step(), hashes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hashes of all files in a folder except its lock, by path. */
  static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) tree::iterator) {
        String name = folder.relativize(file).toString();
        if (Files.isRegularFile(file) && !name.equals(".lock") && !name.equals(".holder.json")) {
          hashes.put(name, sha256(file));
        }
      }
    }
    return hashes;
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
