package org.gantry.provisioning.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.provisioning.internal.plan.StartRecord.FatalStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin is accused if the process ended while its code ran, and only then. */
class StartRecordTest {

  private static final String HASH = "ab".repeat(32);

  @TempDir Path folder;
  private StartRecord records;

  @BeforeEach
  void create() {
    records = new StartRecord(folder.resolve("starting"));
  }

  @Test
  void codeThatReturnsLeavesNoRecord() throws IOException {
    assertEquals(
        1, records.during(HASH, "it was starting", () -> StateFiles.list(records.folder()).size()));
    assertEquals(List.of(), StateFiles.list(records.folder()));
  }

  @Test
  void codeThatThrowsLeavesNoRecord() throws IOException {
    assertThrows(
        IOException.class,
        () ->
            records.during(
                HASH,
                "it was starting",
                () -> {
                  throw new IOException("the moon is full");
                }));
    assertEquals(List.of(), StateFiles.list(records.folder()));
  }

  @Test
  void runningProcessIsNotAccused() {
    List<FatalStart> meanwhile =
        records.during(HASH, "it was starting", () -> List.copyOf(records.takeFatal()));
    assertEquals(List.of(), meanwhile);
  }

  @Test
  void recordOfAnEndedProcessAccusesItsPluginOnce() throws IOException {
    long other = ProcessHandle.current().pid();
    Files.createDirectories(records.folder());
    // The process id is in use again, by a process that started at another time.
    Files.writeString(records.folder().resolve(other + "-1-a.txt"), HASH + "\nit was starting\n");
    assertEquals(List.of(new FatalStart(HASH, "it was starting")), records.takeFatal());
    assertEquals(List.of(), records.takeFatal());
  }

  @Test
  void strangeFilesAccuseNoPlugin() throws IOException {
    Files.createDirectories(records.folder());
    Files.writeString(records.folder().resolve("note.txt"), "../evil\nit was starting\n");
    Files.writeString(records.folder().resolve("1-2-a.txt"), "");
    assertEquals(List.of(), records.takeFatal());
  }
}
