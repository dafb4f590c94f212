package org.gantry.launcher;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.host.EngineStartException;
import org.gantry.host.support.ErrorText;

/**
 * The folder into which the engine unpacks its native libraries before its first start.
 *
 * @param folder may not exist yet
 */
record EngineCache(Path folder) {

  /** An unpacking that has written nothing for so long was killed. */
  private static final Duration STALE = Duration.ofMinutes(5);

  private static final String VARIABLE = "DJL_CACHE_DIR";

  /** The cache of this process. */
  static EngineCache ofEngine() {
    return new EngineCache(Utils.getEngineCacheDir("pytorch"));
  }

  /**
   * Deletes what killed unpackings have left. The engine unpacks into a temporary name and renames
   * it, so nothing else has such a name. Failures are ignored, because the engine may work all the
   * same.
   */
  void removeLeftovers(Instant now) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path leftover : leftovers()) {
      try {
        if (Duration.between(lastWrite(leftover), now).compareTo(STALE) > 0) {
          delete(leftover);
        }
      } catch (IOException ignored) {
        // Another process may have deleted or renamed it.
      }
    }
  }

  private List<Path> leftovers() {
    try (Stream<Path> below = Files.walk(folder, 2)) {
      return below.filter(EngineCache::isLeftover).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** Whether a path has the name of an unpacking that has not finished. */
  static boolean isLeftover(Path path) {
    return path.getFileName().toString().matches("tmp\\d+|jni\\d+tmp");
  }

  private static Instant lastWrite(Path path) throws IOException {
    Instant last = Files.getLastModifiedTime(path).toInstant();
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          Instant written = Files.getLastModifiedTime(file).toInstant();
          last = Duration.between(last, written).isNegative() ? last : written;
        }
      }
    }
    return last;
  }

  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Explains a failed start if the reason is this folder: it cannot be written, or the disk is
   * full.
   *
   * @return empty if the engine failed for another reason
   */
  Optional<EngineStartException> explain(Throwable failure) {
    Optional<String> reason = unusable().or(() -> failedWrite(failure));
    return reason.map(
        text ->
            new EngineStartException(
                "the engine cannot unpack its libraries into %s: %s".formatted(folder, text),
                "Set %s to a folder that you can write, on a disk with 1 GB of free space."
                    .formatted(VARIABLE),
                failure));
  }

  private Optional<String> unusable() {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "gantry", "try"));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(ErrorText.of(e));
    }
  }

  private static Optional<String> failedWrite(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException e) {
        return Optional.of(ErrorText.of(e));
      }
    }
    return Optional.empty();
  }
}
