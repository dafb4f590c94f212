package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.report.ReportPage;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are resumed with changes. */
@TensorTest
class RecipeAmendmentTest {

  private static final Change ADD = new Change("regularizers[+]", "drift");
  private static final Change REMOVE = Change.removalOf("regularizers.drift");
  private static final Change DOUBLE = new Change("loss", "double");
  private static final Change PLAIN = new Change("loss", "plain");

  @TempDir Path directory;

  @Test
  void theRecipeOfARunResumedWithChangesRepeatsItToTheSameBits() throws IOException {
    RunFolder folder = trainUntil(6);
    resume(folder, 13, ADD, DOUBLE);
    resume(folder, LiveGame.STEPS, PLAIN);

    assertEquals(
        """
        loss: plain
        changes:
        - after: 6
          set: regularizers[+]
          to: drift
        - after: 6
          set: loss
          to: double
        - after: 13
          set: loss
          to: plain\
        """,
        Files.readString(folder.recipe()));
    assertEquals(CheckpointHashes.of(folder), CheckpointHashes.of(trainAgain(folder)));
    assertNotEquals(
        CheckpointHashes.of(folder),
        CheckpointHashes.of(TinyRun.train(directory.resolve("b"), LiveGame.composed())));
  }

  @Test
  void aChangeIsAppliedAgainIfTheRunIsKilledBeforeTheNextCheckpoint() throws IOException {
    RunFolder folder = trainUntil(6);
    try (RunResumption resumption = LiveGame.resumption(folder.path(), ADD)) {
      assertThrows(RunException.class, () -> resumption.run(new TrainingListener() {}, killAt(2)));
    }
    try (RunResumption resumption = LiveGame.resumption(folder.path(), DOUBLE)) {
      assertEquals(6, resumption.step());
      // The earlier change takes effect, too, but is not among the differences.
      assertEquals(
          List.of(new RecipeDifference("loss", Optional.of("plain"), Optional.of("double"))),
          resumption.differences());
      resumption.run(new TrainingListener() {}, () -> false);
    }

    String recipe = Files.readString(folder.recipe());
    assertTrue(recipe.indexOf("drift") < recipe.indexOf("double"), recipe);
    assertEquals(CheckpointHashes.of(folder), CheckpointHashes.of(trainAgain(folder)));
  }

  /** The removed regularizer was added by a change; the initial recipe does not have it. */
  @Test
  void aChangeAppliesToTheCurrentRecipe() throws IOException {
    RunFolder folder = trainUntil(6);
    resume(folder, 13, ADD);

    resume(folder, LiveGame.STEPS, REMOVE);

    assertEquals(CheckpointHashes.of(folder), CheckpointHashes.of(trainAgain(folder)));
    RunFolder other = TinyRun.train(directory.resolve("other"), LiveGame.composed());
    assertThrows(RecipeException.class, () -> LiveGame.resumption(other.path(), REMOVE));
  }

  @Test
  void anUnchangedValueIsNotScheduled() throws IOException {
    RunFolder folder = trainUntil(6);

    resume(folder, LiveGame.STEPS, PLAIN);

    assertEquals("loss: plain\n", Files.readString(folder.recipe()));
  }

  @Test
  void changesThatCannotBeScheduledAreReportedAndRecorded() throws IOException {
    RunFolder folder = trainUntil(6);
    Change data = new Change("data", "others");
    try (RunResumption resumption = LiveGame.resumption(folder.path(), data, DOUBLE)) {
      assertEquals(
          List.of(
              new RecipeDifference("data", Optional.empty(), Optional.of("others")),
              new RecipeDifference("loss", Optional.of("plain"), Optional.of("double"))),
          resumption.differences());
      assertEquals(
          List.of(
              "a recipe cannot schedule a change of data for step 6; the run uses it from this step"
                  + " on, its recipe from the first step, so training the recipe does not repeat"
                  + " the run"),
          resumption.notes());
      resumption.run(new TrainingListener() {}, () -> false);
    }

    assertEquals(
        "[\"data\"]", JsonFiles.lines(folder.history()).get(0).path("unrepeatable").toString());
    String page = page(folder);
    assertTrue(page.contains("This will not give the same bits"), page);
  }

  @Test
  void changingAllRegularizersSuggestsToChangeThemOneByOne() throws IOException {
    RunFolder folder = trainUntil(6);
    Change all = new Change("regularizers", "drift");
    try (RunResumption resumption = LiveGame.resumption(folder.path(), all)) {
      String note = resumption.notes().get(0);
      assertTrue(note.contains("--set 'regularizers[+]=...'"), note);
    }
  }

  @Test
  void theReportOfARepeatableRunNeedsOnlyTheRecipe() throws IOException {
    RunFolder folder = trainUntil(6);
    resume(folder, LiveGame.STEPS, DOUBLE);

    assertFalse(page(folder).contains("This will not give the same bits"));
  }

  @Test
  void changesCannotBeScheduledForEarlierSteps() throws IOException {
    RunFolder folder = trainUntil(6);

    String refused =
        assertThrows(
                RunException.class,
                () ->
                    LiveGame.resumption(
                        folder.path(),
                        new Change("changes", "- {after: 5, set: loss, to: double}")))
            .getMessage();

    assertEquals(
        "the run "
            + folder.path()
            + " has done 6 steps, so its recipe can schedule changes only after step 6 or later",
        refused);
    resume(folder, LiveGame.STEPS, new Change("changes", "- {after: 9, set: loss, to: double}"));
    assertEquals(CheckpointHashes.of(folder), CheckpointHashes.of(trainAgain(folder)));
  }

  @Test
  void laterScheduledChangesMustFitTheNewChanges() throws IOException {
    ComposedRecipe planned =
        LiveGame.composed()
            .withChanges(
                List.of(
                    new Change(
                        "changes",
                        """
                        - {after: 2, set: 'regularizers[+]', to: drift}
                        - {after: 14, remove: regularizers.drift}
                        """)));
    RunFolder folder = RunFolder.create(directory.resolve("run"), planned);
    int[] done = {0};
    new TrainingRun(folder, planned).run(new TrainingListener() {}, () -> ++done[0] == 6);

    String recipe = Files.readString(folder.recipe());
    String refused =
        assertThrows(RunException.class, () -> LiveGame.resumption(folder.path(), REMOVE))
            .getMessage();

    assertTrue(
        refused.endsWith(
            "because a later change in its recipe does not fit them: there is no drift"),
        refused);
    assertEquals(recipe, Files.readString(folder.recipe()));
  }

  private RunFolder trainUntil(int until) {
    RunFolder folder = RunFolder.create(directory.resolve("run"), LiveGame.composed());
    int[] done = {0};
    new TrainingRun(folder, LiveGame.composed())
        .run(new TrainingListener() {}, () -> ++done[0] == until);
    return folder;
  }

  private static void resume(RunFolder folder, int until, Change... changes) {
    try (RunResumption resumption = LiveGame.resumption(folder.path(), changes)) {
      long[] step = {resumption.step()};
      resumption.run(new TrainingListener() {}, () -> ++step[0] == until);
    }
  }

  private static BooleanSupplier killAt(int step) {
    int[] done = {0};
    return () -> {
      if (++done[0] == step) {
        throw new IllegalStateException("killed");
      }
      return false;
    };
  }

  private RunFolder trainAgain(RunFolder folder) {
    return TinyRun.train(directory.resolve("again"), LiveGame.recorded(folder));
  }

  private static String page(RunFolder folder) {
    return new ReportPage(List.of(folder), Map.of()).html();
  }
}
