package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.cli.embedded.EmbeddedTrainings;
import org.gantry.embedded.GantryException;
import org.gantry.embedded.GeneratedSamples;
import org.gantry.embedded.OpenedRun;
import org.gantry.embedded.RecipeTraining;
import org.gantry.embedded.SampleOptions;
import org.gantry.embedded.TrainingObserver;
import org.gantry.embedded.TrainingResult;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs can do with recipes and runs, on a tiny game of eight steps. */
@TensorTest
class EmbeddedTrainingsTest {

  private final CommandFixture stage = new CommandFixture();
  private final EmbeddedTrainings gantry = new EmbeddedTrainings(stage);

  @TempDir Path folder;

  private RecipeTraining compose(String recipe, String... changes) {
    return gantry.compose(recipe, List.of(changes));
  }

  /** Writes down what happens, and decides after a step to stop. */
  private static final class Diary implements TrainingObserver {

    private final List<String> events = new ArrayList<>();
    private final long last;

    Diary(long last) {
      this.last = last;
    }

    @Override
    public void started(String name, long steps) {
      events.add("started " + name + " of " + steps);
    }

    @Override
    public void stepDone(long step, long steps, Map<String, Double> values) {
      events.add("step " + step + " of " + steps);
      assertFalse(values.isEmpty());
    }

    @Override
    public void pictureWritten(Path picture) {
      events.add("picture " + picture.getFileName());
    }

    @Override
    public void checkpointWritten(Path checkpoint) {
      events.add("checkpoint " + checkpoint.getFileName());
    }

    @Override
    public boolean isStopRequested() {
      return events.contains("step " + last + " of 8");
    }
  }

  @Test
  void aTrainingHasTheBitsOfTheCommandAndIsObserved() throws IOException {
    Diary diary = new Diary(9);
    Path run = folder.resolve("run");

    TrainingResult result = compose("tiny").train(run, diary);

    assertEquals(new TrainingResult(run, 8, 8, false, ""), result);
    assertEquals("started tiny of 8", diary.events.get(0));
    assertEquals("step 1 of 8", diary.events.get(1));
    assertEquals(
        List.of("step 8 of 8", "picture step-000008.png", "checkpoint step-000008"),
        diary.events.subList(diary.events.size() - 3, diary.events.size()));
    Path other = folder.resolve("other");
    assertEquals(0, stage.run("train", "tiny", "--out", other.toString()).exitCode());
    Path weights = Path.of("checkpoints/step-000008/generator.safetensors");
    assertEquals(-1, Files.mismatch(run.resolve(weights), other.resolve(weights)));
  }

  @Test
  void aCompositionCanBeTrainedTwice() throws IOException {
    RecipeTraining tiny = compose("tiny");
    tiny.train(folder.resolve("a"));
    tiny.train(folder.resolve("b"));
    Path weights = Path.of("checkpoints/step-000008/generator.safetensors");
    assertEquals(
        -1,
        Files.mismatch(folder.resolve("a").resolve(weights), folder.resolve("b").resolve(weights)));
  }

  @Test
  void theObserverStopsATrainingThatTheCommandContinues() {
    Path run = folder.resolve("run");

    TrainingResult result = compose("tiny").train(run, new Diary(3));

    assertEquals(new TrainingResult(run, 4, 8, true, ""), result);
    assertEquals(0, stage.run("train", "--resume", run.toString()).exitCode());
  }

  @Test
  void stagesAreTrainedOneAfterAnother() {
    Diary diary = new Diary(9);
    Path run = folder.resolve("run");

    TrainingResult result = compose("staged").train(run, diary);

    assertEquals(new TrainingResult(run, 8, 8, false, ""), result);
    assertEquals(2, diary.events.stream().filter("step 8 of 8"::equals).count());
    try (OpenedRun opened = gantry.open(run)) {
      assertEquals(8, opened.step());
    }
  }

  @Test
  void theFirstStageEndsTheRunIfTheObserverAsks() {
    TrainingResult result = compose("staged").train(folder.resolve("run"), new Diary(2));
    assertTrue(result.interrupted());
    assertEquals(3, result.step());
    assertFalse(Files.exists(folder.resolve("run/second")));
  }

  @Test
  void samplesAreThoseOfTheCommandAndOutliveTheRun() throws IOException {
    Path run = folder.resolve("run");
    compose("tiny").train(run);
    GeneratedSamples samples;
    try (OpenedRun opened = gantry.open(run)) {
      assertEquals(8, opened.step());
      assertFalse(opened.uses().isEmpty());
      samples = opened.sample(SampleOptions.of(9).withSeed(5));
      assertArrayEquals(samples.values(), opened.sample(SampleOptions.of(9).withSeed(5)).values());
    }
    Path picture = folder.resolve("nine.png");
    assertEquals(
        0,
        stage
            .run("sample", run.toString(), "-n", "9", "--seed", "5", "-o", picture.toString())
            .exitCode());
    assertArrayEquals(Files.readAllBytes(picture), samples.sheet());
    assertEquals(9, samples.count());
    assertEquals(
        9 * samples.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b),
        samples.values().length);
  }

  @Test
  void aMistakeHasTheWordsOfTheCommand() {
    stage.fail(
        new RecipeException(
            List.of(
                new InputProblem("loss=hing", "There is no loss 'hing'.", "Did you mean 'hinge'?"),
                new InputProblem("tiny.yaml:3:5", "'los' is not a key.", ""))));

    GantryException mistake =
        assertThrows(GantryException.class, () -> compose("tiny", "loss=hing"));

    CommandFixture.CommandResult answer = stage.run("validate", "tiny", "--set", "loss=hing");
    assertEquals(answer.err().replace("error: ", ""), mistake.getMessage() + "\n");
    assertEquals("Did you mean 'hinge'?", mistake.problems().get(0).fix());
    assertEquals("tiny.yaml:3:5", mistake.problems().get(1).where());
  }

  @Test
  void aChangeWithoutAValueIsRefused() {
    GantryException mistake =
        assertThrows(GantryException.class, () -> compose("tiny", "train.batch"));
    assertEquals("a path, an equals sign and a value", mistake.problems().get(0).expected());
  }

  @Test
  void aFolderInUseAndARunThatIsNotThereAreRefused() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    String inUse =
        assertThrows(GantryException.class, () -> compose("tiny").train(folder)).getMessage();
    assertTrue(inUse.contains("exists already and is not empty"), inUse);
    String missing =
        assertThrows(GantryException.class, () -> gantry.open(folder.resolve("none"))).getMessage();
    assertTrue(missing.startsWith("there is no run folder"), missing);
  }

  @Test
  void anObserverThatThrowsEndsTheTrainingWithItsReason() {
    GantryException failure =
        assertThrows(
            GantryException.class,
            () ->
                compose("tiny")
                    .train(
                        folder.resolve("run"),
                        new TrainingObserver() {
                          @Override
                          public void stepDone(long step, long steps, Map<String, Double> values) {
                            throw new IllegalStateException("the window is closed");
                          }
                        }));
    assertTrue(failure.getMessage().contains("the window is closed"), failure.getMessage());
  }

  @Test
  void theObserverHasTheClassLoaderOfTheProgram() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    List<ClassLoader> seen = new ArrayList<>();
    try (URLClassLoader program = new URLClassLoader(new URL[0], null)) {
      thread.setContextClassLoader(program);
      try {
        compose("tiny")
            .train(
                folder.resolve("run"),
                new TrainingObserver() {
                  @Override
                  public void started(String name, long steps) {
                    seen.add(Thread.currentThread().getContextClassLoader());
                  }
                });
        assertSame(program, seen.get(0));
        assertSame(program, thread.getContextClassLoader());
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }
}
