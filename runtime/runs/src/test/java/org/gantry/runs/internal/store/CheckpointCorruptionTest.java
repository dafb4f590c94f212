package org.gantry.runs.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gantry.runs.internal.store.CheckpointStore.Checkpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every corruption of a checkpoint is detected. */
class CheckpointCorruptionTest {

  private static final int MUTATIONS = 1000;
  private static final List<String> FILES =
      List.of(
          "generator.safetensors",
          "discriminator.safetensors",
          "generator.optimizer.safetensors",
          "session.safetensors");

  @TempDir Path directory;

  private final SplittableRandom random = new SplittableRandom(7);
  private CheckpointStore checkpoints;
  private Checkpoint earlier;
  private Checkpoint last;

  @BeforeEach
  void writeTwo() throws IOException {
    checkpoints = new CheckpointStore(directory, 2);
    earlier = new Checkpoint(checkpoints.write(20, this::content), 20);
    last = new Checkpoint(checkpoints.write(40, this::content), 40);
  }

  private void content(Path into) throws IOException {
    for (String name : FILES) {
      byte[] content = new byte[random.nextInt(50, 400)];
      random.nextBytes(content);
      Files.write(into.resolve(name), content);
    }
  }

  /** Corrupts a checkpoint and describes how. */
  private interface Corruption {
    String apply() throws IOException;
  }

  @Test
  void everyCorruptionIsDetectedAndThePreviousCheckpointIsUsed() throws IOException {
    List<Corruption> mutations =
        List.of(
            this::flipABit,
            this::flipABit,
            this::flipABit,
            this::cutShort,
            this::append,
            this::swapTwoFiles,
            this::takeFromTheOther,
            this::remove,
            this::add,
            this::rewriteABlock);
    Map<String, byte[]> whole = contents(last.path());
    for (int i = 0; i < MUTATIONS; i++) {
      String what = mutations.get(i % mutations.size()).apply();

      assertThrows(IOException.class, () -> CheckpointStore.verify(last), what);
      CheckpointStore.CheckpointScan found = checkpoints.scan();
      assertEquals(earlier, found.newest().orElseThrow(), what);
      assertEquals(1, found.damaged().size(), what);

      restore(whole);
      CheckpointStore.verify(last);
    }
  }

  @Test
  void aCheckpointUnderAnotherNameIsDetected() throws IOException {
    Path aside = directory.resolve("aside");
    Files.move(last.path(), aside);
    Files.move(earlier.path(), last.path());
    Files.move(aside, earlier.path());

    assertEquals(
        last.path() + " is the checkpoint of step 20 under another name",
        assertThrows(IOException.class, () -> CheckpointStore.verify(last)).getMessage());
    assertEquals(2, checkpoints.scan().damaged().size());
  }

  @Test
  void hiddenFilesOfFileManagersAreIgnored() throws IOException {
    Files.writeString(last.path().resolve(".DS_Store"), "x");

    CheckpointStore.verify(last);
  }

  private String flipABit() throws IOException {
    Path file = anyFile();
    byte[] content = Files.readAllBytes(file);
    int bit = random.nextInt(content.length * 8);
    content[bit / 8] ^= (byte) (1 << (bit % 8));
    Files.write(file, content);
    return "bit " + bit + " of " + file;
  }

  private String rewriteABlock() throws IOException {
    Path file = anyFile();
    byte[] content = Files.readAllBytes(file);
    byte[] before = content.clone();
    int from = random.nextInt(content.length);
    Arrays.fill(content, from, Math.min(content.length, from + 16), (byte) 0);
    if (Arrays.equals(before, content)) {
      content[from] = 1;
    }
    Files.write(file, content);
    return "zeros from " + from + " in " + file;
  }

  private String cutShort() throws IOException {
    Path file = anyFile();
    byte[] content = Files.readAllBytes(file);
    int left = random.nextInt(content.length);
    Files.write(file, Arrays.copyOf(content, left));
    return left + " bytes left of " + file;
  }

  private String append() throws IOException {
    Path file = anyFile();
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length + random.nextInt(1, 20)));
    return "zeros after " + file;
  }

  private String swapTwoFiles() throws IOException {
    List<Path> files = new ArrayList<>(files(last.path()));
    Path one = files.remove(random.nextInt(files.size()));
    Path other = files.get(random.nextInt(files.size()));
    Path aside = directory.resolve("aside");
    Files.move(one, aside);
    Files.move(other, one);
    Files.move(aside, other);
    return one + " and " + other + " swapped";
  }

  private String takeFromTheOther() throws IOException {
    Path file = anyFile();
    Files.copy(
        earlier.path().resolve(file.getFileName()), file, StandardCopyOption.REPLACE_EXISTING);
    return file + " taken from step 20";
  }

  private String remove() throws IOException {
    Path file = anyFile();
    Files.delete(file);
    return file + " removed";
  }

  private String add() throws IOException {
    Path file = last.path().resolve("generator.average.safetensors");
    Files.copy(anyFile(), file);
    return file + " added";
  }

  private Path anyFile() throws IOException {
    List<Path> files = files(last.path());
    return files.get(random.nextInt(files.size()));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static Map<String, byte[]> contents(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (Path file : files(folder)) {
      contents.put(file.getFileName().toString(), Files.readAllBytes(file));
    }
    return contents;
  }

  private void restore(Map<String, byte[]> contents) throws IOException {
    for (Path file : files(last.path())) {
      Files.delete(file);
    }
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Files.write(last.path().resolve(file.getKey()), file.getValue());
    }
  }
}
