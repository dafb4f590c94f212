package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.NetworkFile;
import org.gantry.recipes.Recipes.Change;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are not resumed, and what a refusal leaves behind. */
@TensorTest
class RefusedResumptionTest {

  private static final DriftingGame GAME = new DriftingGame(60, 20, 2);

  @TempDir Path directory;

  @Test
  void aFinishedRunIsNotResumed() {
    RunFolder folder = TinyRun.train(directory.resolve("run"), GAME.composed());

    assertEquals(
        "the run "
            + folder.path()
            + " has done all of its 60 steps; ask for more steps to resume it",
        StoppedRun.refusalOf(GAME, folder));
    assertEquals(
        "the run " + folder.path() + " has already done 60 steps, more than 50; ask for more steps",
        StoppedRun.refusalOf(GAME, folder, new Change("train.steps", "50")));
    StoppedRun.resume(GAME, folder, new Change("train.steps", "61"));
  }

  @Test
  void openingARunChangesNothing() throws IOException {
    RunFolder folder = StoppedRun.killed(directory.resolve("run"), GAME, 37);
    Map<String, String> before = CheckpointHashes.contents(folder.path());

    try (RunResumption resumption = GAME.resumption(folder.path())) {
      resumption.notes();
    }

    assertEquals(before, CheckpointHashes.contents(folder.path()));
  }

  @Test
  void aCheckpointThatDoesNotFitLeavesTheFolderUnchanged() throws IOException {
    RunFolder folder = StoppedRun.killed(directory.resolve("run"), GAME, 37);
    Map<String, String> before = CheckpointHashes.contents(folder.path());
    DriftingGame other = new DriftingGame(60, 20, 2);

    try (RunResumption resumption =
        RunResumption.open(
            folder.path(),
            TinyRun.recipes((recipe, changes) -> TinyRun.withWiderGenerator(other.composed())),
            TinyRun.installed(TinyRun.LOSS),
            List.of())) {
      String message =
          assertThrows(
                  RunException.class, () -> resumption.run(new TrainingListener() {}, () -> false))
              .getMessage();
      assertTrue(
          message.startsWith("cannot resume the run " + folder.path() + ": ")
              && message.contains("does not match this training"),
          message);
    }

    assertEquals(before, CheckpointHashes.contents(folder.path()));
  }

  @Test
  void aRunFolderIsUsedByOneTrainingAtATime() {
    RunFolder folder = StoppedRun.interrupted(directory.resolve("run"), GAME, 33);

    try (RunResumption first = GAME.resumption(folder.path())) {
      String message = StoppedRun.refusalOf(GAME, folder);
      assertEquals(
          "another training uses the run folder "
              + folder.path()
              + ": process "
              + ProcessHandle.current().pid()
              + "; wait for it, or end it",
          message);
      assertEquals(33, first.step());
    }
    assertEquals(RunStatus.DONE, StoppedRun.resume(GAME, folder).status());
  }

  @Test
  void aRefusedResumptionReleasesTheLock() {
    RunFolder folder = StoppedRun.interrupted(directory.resolve("run"), GAME, 33);
    assertThrows(
        UnusableComponentException.class,
        () ->
            RunResumption.open(
                folder.path(),
                TinyRun.recipes(
                    (recipe, changes) -> {
                      throw new UnusableComponentException("no");
                    }),
                TinyRun.installed(TinyRun.LOSS),
                List.of()));

    assertEquals(RunStatus.DONE, StoppedRun.resume(GAME, folder).status());
  }

  private static ComposedRecipe startingFrom(String sha256) {
    ComposedRecipe game = GAME.composed();
    return new ComposedRecipe(
        game.name(),
        game.graph(),
        game.settings(),
        game.metrics(),
        game.sampler(),
        game.components(),
        game.plugins(),
        game.yaml(),
        game.watchdogs(),
        game.rateFactors(),
        game.schedule(),
        game.inventories(),
        List.of(new NetworkFile("generator", Path.of("generator.pt"), sha256)),
        game.recomposer());
  }

  @Test
  void aRunWhoseNetworkFilesHaveChangedDoesNotResume() throws IOException {
    RunFolder folder = StoppedRun.interrupted(directory.resolve("run"), GAME, 33);
    folder.writeRecipe(startingFrom("aa"));

    open(folder, startingFrom("aa"), AcceptedDifferences.NONE).close();
    RunException changed =
        assertThrows(
            RunException.class, () -> open(folder, startingFrom("bb"), AcceptedDifferences.NONE));

    assertEquals(
        "cannot resume the run %s, because files that its networks start from have changed: the"
                .formatted(folder.path())
            + " generator is from generator.pt, whose SHA-256 was aa and is bb; restore them",
        changed.getMessage());
  }

  @Test
  void aRunWhoseDataHasChangedIsResumedOnlyIfThatIsAccepted() throws IOException {
    RunFolder folder = RunFolder.create(directory.resolve("run"), readFrom("aa", 3));
    int[] done = {0};
    new TrainingRun(folder, readFrom("aa", 3))
        .run(new TrainingListener() {}, () -> ++done[0] == 33);
    Map<String, String> before = CheckpointHashes.contents(folder.path());

    assertEquals(
        "the run %s was made with other data than is there now: the files of photos have changed (3 pictures then, 4 now)"
            .formatted(folder.path()),
        assertThrows(
                RunException.class, () -> open(folder, readFrom("bb", 4), AcceptedDifferences.NONE))
            .getMessage());
    assertEquals(before, CheckpointHashes.contents(folder.path()));

    try (RunResumption resumption =
        open(folder, readFrom("bb", 4), new AcceptedDifferences(false, true))) {
      assertTrue(
          resumption
              .notes()
              .contains(
                  "the files of photos have changed (3 pictures then, 4 now), so the run continues with other samples"),
          resumption.notes()::toString);
      resumption.run(new TrainingListener() {}, () -> false);
    }
    assertTrue(
        Files.readString(folder.history())
            .contains("\"data\":[\"the files of photos have changed"));
    assertTrue(Files.readString(folder.lockFile()).contains("\"bb\""));
  }

  @Test
  void aRunWithTheSameDataIsResumed() {
    RunFolder folder = RunFolder.create(directory.resolve("run"), readFrom("aa", 3));
    int[] done = {0};
    new TrainingRun(folder, readFrom("aa", 3))
        .run(new TrainingListener() {}, () -> ++done[0] == 33);
    try (RunResumption resumption = open(folder, readFrom("aa", 3), AcceptedDifferences.NONE)) {
      assertEquals(List.of(), resumption.otherData());
    }
  }

  private static RunResumption open(
      RunFolder folder, ComposedRecipe now, AcceptedDifferences accepted) {
    return RunResumption.open(
        folder.path(),
        TinyRun.recipes((recipe, asked) -> now),
        TinyRun.installed(TinyRun.LOSS),
        List.of(),
        accepted);
  }

  /** The game with a data set of files. */
  private static ComposedRecipe readFrom(String fingerprint, int pictures) {
    ComposedRecipe game = GAME.composed();
    DataInventory inventory =
        new DataInventory(
            "photos",
            fingerprint,
            Collections.nCopies(pictures, new FoundPicture("p.png", "png", 8, 8, -1)),
            List.of(),
            List.of());
    return new ComposedRecipe(
        game.name(),
        game.graph(),
        game.settings(),
        game.metrics(),
        game.sampler(),
        game.components(),
        game.plugins(),
        game.yaml(),
        game.watchdogs(),
        game.rateFactors(),
        game.schedule(),
        List.of(inventory),
        game.networkFiles(),
        game.recomposer());
  }
}
