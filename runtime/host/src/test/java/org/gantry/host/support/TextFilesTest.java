package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {

  @TempDir private Path folder;

  @Test
  void textsAreReadWholeByLineOrAsBytes() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "grün\nblau\n");
    assertEquals("grün\nblau\n", TextFiles.read(file));
    assertEquals(List.of("grün", "blau"), TextFiles.lines(file));
    assertArrayEquals("grün\nblau\n".getBytes(StandardCharsets.UTF_8), TextFiles.bytes(file));
  }

  @Test
  void aTextMayHaveAsManyBytesAsTheLimitAndNoMore() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "a".repeat(1 << 20));
    assertEquals(1 << 20, TextFiles.read(file, 1 << 20).length());
    Files.writeString(file, "a".repeat((1 << 20) + 1));
    assertEquals(
        file + ": it has more than 1 MB, its limit",
        assertThrows(IOException.class, () -> TextFiles.read(file, 1 << 20)).getMessage());
  }

  @Test
  void aRecordedTextOfManyGigabytesIsRefused() throws IOException {
    Path file = folder.resolve("sparse.json");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 36);
    }
    assertEquals(
        file + ": it has more than 64 MB, its limit",
        assertThrows(IOException.class, () -> TextFiles.bytes(file)).getMessage());
  }

  @Test
  void otherEncodingsAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("a.txt"), new byte[] {'a', (byte) 0xE4});
    assertThrows(CharacterCodingException.class, () -> TextFiles.read(file));
  }
}
