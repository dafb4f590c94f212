package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

  @TempDir Path folder;

  @Test
  void aWrittenFileReplacesTheOldOneAndLeavesNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");

    AtomicFiles.write(file, bytes("new"));

    assertEquals("new", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");

    assertThrows(
        IOException.class,
        () ->
            AtomicFiles.write(
                file,
                out -> {
                  out.write(bytes("half"));
                  throw new IOException("No space left on device");
                }));
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFiles.write(
                file,
                out -> {
                  throw new IllegalStateException();
                }));

    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aCopyHasTheContentOfTheOriginal() throws IOException {
    Path from = Files.writeString(folder.resolve("a.txt"), "content");

    AtomicFiles.copy(from, folder.resolve("b.txt"));

    assertEquals("content", Files.readString(folder.resolve("b.txt")));
    assertEquals(List.of("a.txt", "b.txt"), names());
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAndAllElseStays() throws IOException {
    Path partial = Files.createDirectory(AtomicFiles.partial(folder.resolve("step-1")));
    Files.writeString(partial.resolve("weights"), "half");
    Files.writeString(folder.resolve(".a.txt.0815.partial"), "half");
    Files.writeString(folder.resolve("a.partial"), "of the user");

    AtomicFiles.removePartials(folder);
    AtomicFiles.removePartials(folder.resolve("missing"));

    assertEquals(List.of("a.partial"), names());
  }

  @Test
  void aPreparedFolderMovesInOneStep() throws IOException {
    Path place = folder.resolve("step-1");
    Path partial = Files.createDirectories(AtomicFiles.partial(place).resolve("networks"));
    Files.writeString(partial.resolve("weights"), "all");

    AtomicFiles.syncTree(AtomicFiles.partial(place));
    AtomicFiles.move(AtomicFiles.partial(place), place);

    assertEquals("all", Files.readString(place.resolve("networks/weights")));
    assertEquals(List.of("step-1"), names());
  }

  @Test
  void deletionDoesNotFollowLinks() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept.txt"), "kept");
    Path tree = Files.createDirectories(folder.resolve("tree/branch"));
    Files.createSymbolicLink(tree.resolve("link"), kept);

    AtomicFiles.delete(folder.resolve("tree"));
    AtomicFiles.delete(folder.resolve("tree"));

    assertTrue(Files.exists(kept));
    assertFalse(Files.exists(tree));
  }

  @Test
  void contentIsAppended() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\n");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.position(channel.size());
      AtomicFiles.append(channel, ByteBuffer.wrap(bytes("two\n")));
    }
    assertEquals("one\ntwo\n", Files.readString(file));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void appendingToAFullDiskFails() throws IOException {
    try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
      IOException failure =
          assertThrows(
              IOException.class, () -> AtomicFiles.append(full, ByteBuffer.wrap(bytes("line"))));
      assertEquals("No space left on device", ErrorText.of(failure));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
