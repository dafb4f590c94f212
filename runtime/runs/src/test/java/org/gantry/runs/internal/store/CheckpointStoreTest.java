package org.gantry.runs.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gantry.recipes.TrainSettings.BestDirection;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.internal.store.CheckpointStore.Checkpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

  @TempDir Path directory;

  private CheckpointStore checkpoints;

  @BeforeEach
  void keepTwo() {
    checkpoints = new CheckpointStore(directory, 2);
  }

  @Test
  void theLastTwoCheckpointsAreKept() throws IOException {
    for (long step : new long[] {500, 1000, 1_500_000, 2_000_000}) {
      checkpoints.write(step, CheckpointStoreTest::weights);
    }

    assertEquals(List.of("step-1500000", "step-2000000"), names());
    assertEquals(2_000_000, checkpoints.scan().newest().orElseThrow().step());
  }

  @Test
  void theBestCheckpointIsKeptUntilABetterOneIsWritten() throws IOException {
    BestCheckpoint lowest = new BestCheckpoint("convergence", BestDirection.LOWEST, 10);
    CheckpointStore keeping = new CheckpointStore(directory, 1, 1, Optional.of(lowest));
    double[] means = {3, 1, 2, Double.NaN, 1, 0.5, 4};
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      write(keeping, 10L * (i + 1), means[i]);
      kept.add(String.join(" ", names().stream().map(n -> n.replaceAll("step-0*", "")).toList()));
    }

    assertEquals(List.of("10", "20", "20 30", "20 40", "20 50", "60", "60 70"), kept);
    assertEquals(60, keeping.best(lowest).step());
    assertEquals(
        70, keeping.best(new BestCheckpoint("convergence", BestDirection.HIGHEST, 10)).step());
  }

  @Test
  void theCheckpointOfAnInterruptionIsNeverTheBest() throws IOException {
    BestCheckpoint lowest = new BestCheckpoint("convergence", BestDirection.LOWEST, 10);
    CheckpointStore keeping = new CheckpointStore(directory, 3, 1, Optional.of(lowest));
    write(keeping, 10, 2);
    write(keeping, 14, 1);

    assertEquals(10, keeping.best(lowest).step());
    Path file = directory.resolve("step-000010").resolve("weights");
    Files.writeString(file, "others");
    assertThrows(IOException.class, () -> keeping.best(lowest));
  }

  @Test
  void withoutRecordedMeansThereIsNoBestCheckpoint() throws IOException {
    checkpoints.write(10, CheckpointStoreTest::weights);
    IOException none =
        assertThrows(
            IOException.class,
            () -> checkpoints.best(new BestCheckpoint("convergence", BestDirection.LOWEST, 10)));
    assertEquals("no checkpoint records convergence", none.getMessage());
  }

  private static void write(CheckpointStore checkpoints, long step, double mean)
      throws IOException {
    checkpoints.write(
        step,
        into -> {
          weights(into);
          new TrainingHealth(
                  List.of(),
                  0,
                  0,
                  new BestCheckpoint.ReportedMean(mean * 4, 4),
                  FigureProgress.NONE,
                  new TreeMap<>(),
                  new TreeMap<>(),
                  List.of())
              .write(into);
        });
  }

  @Test
  void anEmptyStoreHasNoNewestCheckpoint() throws IOException {
    assertTrue(checkpoints.scan().newest().isEmpty());
    assertTrue(new CheckpointStore(directory.resolve("none"), 2).scan().newest().isEmpty());
  }

  @Test
  void theManifestListsSizeAndHashOfEveryFile() throws IOException {
    Path place = checkpoints.write(500, CheckpointStoreTest::weights);
    Path manifest = place.resolve("manifest.json");

    var files = JsonFiles.required(JsonFiles.read(manifest), "files", manifest);

    assertEquals(500, JsonFiles.read(manifest).get("step").asLong());
    assertEquals(2, files.size());
    assertEquals("generator.safetensors", files.get(0).get("name").asText());
    assertEquals(3, files.get(0).get("bytes").asLong());
    // The SHA-256 of "abc", as FIPS 180-2 gives it.
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        files.get(0).get("sha256").asText());
    assertEquals("states/adam", files.get(1).get("name").asText());
  }

  @Test
  void anIntactCheckpointPasses() throws IOException {
    checkpoints.write(500, CheckpointStoreTest::weights);

    CheckpointStore.verify(checkpoints.scan().newest().orElseThrow());
  }

  @Test
  void aMissingShortOrCorruptFileIsNamed() throws IOException {
    Path file =
        checkpoints.write(500, CheckpointStoreTest::weights).resolve("generator.safetensors");

    Files.writeString(file, "abd");
    assertEquals(file + " is corrupt (SHA-256 mismatch)", failure());

    Files.writeString(file, "ab");
    assertEquals(file + " has 2 bytes, but 3 were written", failure());

    Files.delete(file);
    assertEquals(file + " is missing", failure());
  }

  @Test
  void afterAFailedWriteOnlyTheEarlierCheckpointsExist() throws IOException {
    checkpoints.write(500, CheckpointStoreTest::weights);
    checkpoints.write(1000, CheckpointStoreTest::weights);

    IOException full =
        assertThrows(
            IOException.class,
            () ->
                checkpoints.write(
                    1500,
                    into -> {
                      Files.writeString(into.resolve("generator.safetensors"), "ab");
                      throw new IOException("No space left on device");
                    }));

    assertEquals("No space left on device", full.getMessage());
    assertEquals(List.of("step-000500", "step-001000"), names());
    for (Checkpoint checkpoint : checkpoints.all()) {
      CheckpointStore.verify(checkpoint);
    }
  }

  @Test
  void aPartialCheckpointIsIgnoredAndReplaced() throws IOException {
    Path aside = Files.createDirectory(directory.resolve(".step-000500.partial"));
    Files.writeString(aside.resolve("generator.safetensors"), "a");
    Files.writeString(aside.resolve("stray"), "x");
    assertTrue(checkpoints.scan().newest().isEmpty());

    Path place = checkpoints.write(500, CheckpointStoreTest::weights);

    assertFalse(Files.exists(place.resolve("stray")));
    assertEquals(List.of("step-000500"), names());
  }

  private static void weights(Path into) throws IOException {
    Files.writeString(into.resolve("generator.safetensors"), "abc");
    Files.createDirectory(into.resolve("states"));
    Files.writeString(into.resolve("states/adam"), "v");
  }

  private String failure() throws IOException {
    Checkpoint last = checkpoints.all().get(0);
    return assertThrows(IOException.class, () -> CheckpointStore.verify(last)).getMessage();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
