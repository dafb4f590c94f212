package org.gantry.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of a training, and the notes about its workers. */
class TrainingJobTest {

  @TempDir private Path folder;

  private TrainingJob job() throws IOException {
    Path file = folder.resolve("job.properties");
    Files.writeString(
        file,
        """
        run=/runs/ring
        home=/gantry
        master=spark://127.0.0.1:7077
        workers=2
        strategy=averaging
        interval=20
        limit-seconds=600
        ships-installation=false
        plugin.5a5a=/plugins/one.jar
        spark.executor.memory=2g
        """);
    return TrainingJob.read(file);
  }

  @Test
  void theFileOfTheCommandDescribesTheJob() throws IOException {
    TrainingJob job = job();
    assertEquals(2, job.workers());
    assertEquals(Map.of("5a5a", "/plugins/one.jar"), job.plugins());
    assertEquals(Map.of("spark.executor.memory", "2g"), job.settings());
  }

  @Test
  void aMissingEntryIsNamed() throws IOException {
    Path file = folder.resolve("job.properties");
    Files.writeString(file, "run=/runs/ring\n");
    IOException missing = assertThrows(IOException.class, () -> TrainingJob.read(file));
    assertEquals("the description of the training lacks home", missing.getMessage());
  }

  @Test
  void aTaskCanBeSentToWorkers() throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(new WorkerTask(job(), "5a"));
    }
  }

  @Test
  void eachNoteIsALineOfJson() throws IOException {
    RunNotes notes = new RunNotes(folder);
    notes.started(job());
    notes.lost("worker 1 is\n\"lost\"", 50);
    notes.notice("worker 0 is slow");
    String text = Files.readString(folder.resolve("workers.jsonl"));
    assertEquals(3, text.lines().count());
    assertTrue(text.contains("\"strategy\" : \"averaging\""), text);
    assertTrue(text.contains("worker 1 is\\n\\\"lost\\\""), text);
  }
}
