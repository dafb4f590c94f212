package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunFolderCreatorTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path directory;

  @Test
  void foldersFilesAndMissingParentsAreCreated() throws IOException {
    Path run = directory.resolve("runs/deep/first");

    RunFolderCreator.create(run, List.of("samples"), Map.of("recipe.yaml", CONTENT));

    assertTrue(Files.isDirectory(run.resolve("samples")));
    assertEquals(3, Files.size(run.resolve("recipe.yaml")));
    assertEquals(2, entries(run), "nothing but what was asked for");
  }

  @Test
  void anEmptyFolderIsUsed() throws IOException {
    RunFolderCreator.create(directory, List.of("samples"), Map.of());

    assertTrue(Files.isDirectory(directory.resolve("samples")));
  }

  @Test
  void aFolderWithContentIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(directory.resolve("thesis.txt"), "mine");

    RunException refused = refusalOf(directory);

    assertTrue(refused.getMessage().contains("exists already and is not empty"), message(refused));
    assertEquals(1, entries(directory));
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("runs"), "mine");

    RunException inPlace = refusalOf(file);
    RunException above = refusalOf(file.resolve("a/b"));

    assertTrue(inPlace.getMessage().contains(file + " is a file, not a folder"), message(inPlace));
    assertTrue(above.getMessage().contains(file + " is a file, not a folder"), message(above));
    assertEquals("mine", Files.readString(file));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPlaceWithoutWritePermissionIsNamed() {
    RunException refused = refusalOf(Path.of("/proc/gantry/run"));

    assertTrue(
        refused
            .getMessage()
            .startsWith("cannot create the run folder /proc/gantry/run: there is no /proc"),
        message(refused));
  }

  @Test
  void aReadOnlyParentIsNamed() {
    assertTrue(directory.toFile().setWritable(false));
    assumeFalse(Files.isWritable(directory), "the superuser may write everywhere");

    RunException refused = refusalOf(directory.resolve("run"));

    assertTrue(
        refused.getMessage().endsWith("permission denied for " + directory.resolve("run")),
        message(refused));
  }

  @Test
  void whenWritingFailsHalfwayNothingIsLeft() throws IOException {
    Path run = directory.resolve("runs/first");

    assertThrows(
        RunException.class, () -> RunFolderCreator.create(run, List.of("samples"), failing()));

    assertEquals(0, entries(directory), "the parent that was made for the run goes, too");
  }

  @Test
  void whenWritingFailsHalfwayAnEmptyFolderIsEmptyAgain() throws IOException {
    assertThrows(
        RunException.class,
        () -> RunFolderCreator.create(directory, List.of("samples"), failing()));

    assertEquals(0, entries(directory));
  }

  @Test
  void newRunsGetTheNumberAfterTheHighest() throws IOException {
    assertEquals(directory.resolve("ring-001"), RunFolderCreator.nextPath(directory, "ring"));
    assertEquals(
        directory.resolve("none/ring-001"),
        RunFolderCreator.nextPath(directory.resolve("none"), "ring"));

    for (String taken : List.of("ring-002", "ring-009", "ring-wgan-gp-030", "ring-x", "ring-1")) {
      Files.createDirectory(directory.resolve(taken));
    }

    assertEquals(directory.resolve("ring-010"), RunFolderCreator.nextPath(directory, "ring"));
    assertEquals(
        directory.resolve("ring-wgan-gp-031"),
        RunFolderCreator.nextPath(directory, "ring-wgan-gp"));
  }

  @Test
  void runsThatBeginAtTheSameTimeGetDifferentNumbers() throws InterruptedException {
    Set<Path> claimed = ConcurrentHashMap.newKeySet();
    List<Thread> trainings = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      trainings.add(
          new Thread(
              () -> claimed.add(RunFolderCreator.claimNext(directory.resolve("runs"), "ring"))));
    }
    trainings.forEach(Thread::start);
    for (Thread training : trainings) {
      training.join();
    }
    assertEquals(
        IntStream.rangeClosed(1, 6)
            .mapToObj(number -> directory.resolve("runs/ring-00" + number))
            .collect(Collectors.toSet()),
        claimed);
  }

  @Test
  void anEmptyClaimedFolderIsReleasedButNotARun() throws IOException {
    Path empty = RunFolderCreator.claimNext(directory, "ring");
    Path run = RunFolderCreator.claimNext(directory, "ring");
    Files.writeString(run.resolve("state.json"), "{}");
    RunFolderCreator.releaseEmpty(empty);
    RunFolderCreator.releaseEmpty(run);
    assertFalse(Files.exists(empty));
    assertTrue(Files.exists(run));
  }

  @Test
  void theFolderOfARunningTrainingIsNotCalledFree() {
    try (RunLock held = RunLock.acquire(directory)) {
      assertEquals(
          "a training uses the run folder " + directory + "; choose another",
          refusalOf(directory).getMessage());
      assertTrue(RunLock.isHeld(directory), "held is " + held.getClass());
    }
  }

  @Test
  void invalidFileNamesAreReplaced() {
    assertEquals(
        directory.resolve("my-run-v2-001"), RunFolderCreator.nextPath(directory, "my run/v2"));
    assertEquals(directory.resolve("up-001"), RunFolderCreator.nextPath(directory, "../up"));
    assertEquals(directory.resolve("run-001"), RunFolderCreator.nextPath(directory, ".."));
  }

  private static RunException refusalOf(Path run) {
    return assertThrows(
        RunException.class,
        () -> RunFolderCreator.create(run, List.of(), Map.of("recipe.yaml", CONTENT)));
  }

  /** The second file cannot be written, because its folder does not exist. */
  private static Map<String, byte[]> failing() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("recipe.yaml", CONTENT);
    files.put("missing/state.json", CONTENT);
    return files;
  }

  private static long entries(Path folder) throws IOException {
    assertFalse(Files.notExists(folder));
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private static String message(RunException failure) {
    return "was: " + failure.getMessage();
  }
}
