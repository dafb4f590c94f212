package org.gantry.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.gantry.host.EngineStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCacheTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path folder;

  /** Writes a file, and ages it with its folder. */
  private Path file(String name, int minutes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "library");
    FileTime time = FileTime.from(NOW.minusSeconds(60L * minutes));
    Files.setLastModifiedTime(file, time);
    Files.setLastModifiedTime(file.getParent(), time);
    return file;
  }

  @Test
  void whatAKilledUnpackingLeftIsDeleted() throws IOException {
    Path stale = file("tmp1234567/libtorch.so", 10);
    Path jni = file("2.7.1-cpu-linux-x86_64/jni123tmp", 10);
    Path unpacked = file("2.7.1-cpu-linux-x86_64/libtorch.so", 10);
    Path running = file("tmp7654321/libtorch.so", 1);
    Path other = file("tmpfiles/notes", 10);

    new EngineCache(folder).removeLeftovers(NOW);

    assertFalse(Files.exists(stale.getParent()));
    assertFalse(Files.exists(jni));
    assertTrue(Files.exists(unpacked));
    assertTrue(Files.exists(running), "an unpacking that is still writing");
    assertTrue(Files.exists(other), "not a name of the engine's");
  }

  @Test
  void aMissingCacheHasNoLeftovers() {
    new EngineCache(folder.resolve("none")).removeLeftovers(NOW);
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void aCacheThatCannotBeCreatedIsExplainedWithTheFix() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    EngineStartException explained =
        new EngineCache(file.resolve("pytorch"))
            .explain(new IllegalStateException("no libraries"))
            .orElseThrow();

    assertTrue(
        explained.getMessage().startsWith("the engine cannot unpack its libraries into " + file),
        explained.getMessage());
    assertTrue(explained.fix().startsWith("Set DJL_CACHE_DIR to a folder"), explained.fix());
  }

  @Test
  void aFullDiskIsExplainedAndOtherFailuresAreNot() {
    EngineCache cache = new EngineCache(folder);
    assertTrue(
        cache
            .explain(new IllegalStateException(new IOException("No space left on device")))
            .orElseThrow()
            .getMessage()
            .endsWith("No space left on device"));
    assertEquals(Optional.empty(), cache.explain(new IllegalStateException("another version")));
  }
}
