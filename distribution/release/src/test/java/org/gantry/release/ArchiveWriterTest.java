package org.gantry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.gantry.release.ArchiveWriter.ArchiveFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveWriterTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  /** Writes two files in an order, with times of their own. */
  private FileTree tree(String name, List<String> order, long second) throws IOException {
    Path root = Files.createDirectories(folder.resolve(name));
    for (String path : order) {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + path);
      Files.setLastModifiedTime(file, FileTime.from(TIME.plusSeconds(second)));
    }
    root.resolve("bin/run").toFile().setExecutable(true);
    return FileTree.of(root);
  }

  @Test
  void theSameFilesGiveTheSameBytes() throws IOException {
    FileTree first = tree("first", List.of("bin/run", "lib/a.jar"), 7);
    FileTree second = tree("second", List.of("lib/a.jar", "bin/run"), 9);
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    for (ArchiveFormat format : ArchiveFormat.values()) {
      ArchiveWriter writer = new ArchiveWriter("gantry", TIME);
      Path archive = writer.write(first, format, one);
      assertEquals(-1, Files.mismatch(archive, writer.write(second, format, two)), format.name());
      assertNotEquals(
          -1, Files.mismatch(archive, writer.write(first.without("bin/"), format, two)));
    }
  }

  @Test
  void foldersComeBeforeTheirFiles() throws IOException {
    FileTree files = tree("tree", List.of("bin/run", "lib/deep/a.jar"), 0);
    assertEquals(List.of("bin/", "lib/", "lib/deep/"), files.folders());
    assertEquals(0755, FileTree.mode(files.files().get("bin/run")));
    assertEquals(0644, FileTree.mode(files.files().get("lib/deep/a.jar")));
  }
}
