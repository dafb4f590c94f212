package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.store.CheckpointStore;
import org.gantry.runs.internal.store.LiveRequests;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a running training. */
@TensorTest
class LiveChangeTest {

  private static final Change ADD = new Change("regularizers[+]", "drift");
  private static final Change REMOVE = Change.removalOf("regularizers.drift");
  private static final Change REPLACE = new Change("loss", "double");
  private static final Map<Long, List<Change>> THREE =
      Map.of(5L, List.of(ADD), 9L, List.of(REPLACE), 14L, List.of(REMOVE));

  @TempDir Path directory;

  @Test
  void aChangeTakesEffectAfterTheStepInWhichItWasRequested() throws IOException {
    RunFolder folder = train("a", Map.of(5L, List.of(ADD), 9L, List.of(REMOVE)));

    List<Long> wobbling = new ArrayList<>();
    for (JsonNode line : JsonFiles.lines(folder.metrics())) {
      if (line.path("values").has("generator/wobble")) {
        wobbling.add(line.path("step").asLong());
      }
    }
    assertEquals(List.of(6L, 7L, 8L, 9L), wobbling);
  }

  @Test
  void answerHistoryAndRecipeRecordTheChange() throws IOException {
    RequestingListener asking = new RequestingListener(Map.of(5L, List.of(ADD)));
    RunFolder folder = train("a", asking);

    JsonNode answer = asking.answers.get(5L);
    assertEquals(5, answer.path("step").asLong());
    assertEquals("regularizers[+]", answer.path("changes").get(0).path("path").asText());
    assertEquals(0, answer.path("notTransferred").size());
    JsonNode line = JsonFiles.lines(folder.history()).get(0);
    assertEquals("changed", line.path("event").asText());
    assertEquals(5, line.path("step").asLong());
    assertEquals(answer.path("changes"), line.path("changes"));
    assertEquals(
        "loss: plain\nchanges:\n- after: 5\n  set: regularizers[+]\n  to: drift",
        Files.readString(folder.recipe()));
    assertFalse(Files.exists(folder.path().resolve(".live")), "nothing is left of the request");
  }

  @Test
  void aTrainingInterruptedBeforeOrAfterTheChangesEndsWithTheSameBits() throws IOException {
    CheckpointHashes never = CheckpointHashes.of(train("never", THREE));
    for (long stop : new long[] {4, 5, 8, 11, 13, 18}) {
      RunFolder twice = RunFolder.create(directory.resolve("twice-" + stop), LiveGame.composed());
      long[] step = {0};
      new TrainingRun(twice, LiveGame.composed())
          .run(new RequestingListener(twice, THREE, step), () -> step[0] == stop);
      try (RunResumption resumption = LiveGame.resumption(twice.path())) {
        resumption.run(new RequestingListener(twice, after(stop), step), () -> false);
      }
      assertEquals(never, CheckpointHashes.of(twice), "stopped at " + stop);
    }
  }

  /** A request at the step of the interruption is answered after the resumption. */
  private static Map<Long, List<Change>> after(long stop) {
    Map<Long, List<Change>> left = new TreeMap<>(THREE);
    left.keySet().removeIf(step -> step <= stop);
    return left;
  }

  @Test
  void aTrainingResumedFromBeforeAChangeAppliesItAgain() throws IOException {
    RunFolder never = train("never", THREE);
    RunFolder killed = train("killed", THREE);
    String history = Files.readString(never.history());
    for (CheckpointStore.Checkpoint checkpoint :
        new CheckpointStore(killed.checkpoints(), 1).all()) {
      if (checkpoint.step() > 4) {
        AtomicFiles.delete(checkpoint.path());
      }
    }

    try (RunResumption resumption = LiveGame.resumption(killed.path())) {
      assertEquals(4, resumption.step());
      resumption.run(new TrainingListener() {}, () -> false);
    }

    assertEquals(CheckpointHashes.of(never), CheckpointHashes.of(killed));
    assertEquals(
        history.lines().toList(),
        Files.readAllLines(killed.history()).stream().filter(l -> l.contains("changed")).toList());
  }

  @Test
  void theRecordedRecipeReproducesTheRun() throws IOException {
    RunFolder original = train("original", THREE);

    ComposedRecipe recorded = LiveGame.recorded(original);
    RunFolder again = RunFolder.create(directory.resolve("again"), recorded);
    new TrainingRun(again, recorded).run(new TrainingListener() {}, () -> false);

    assertEquals(CheckpointHashes.of(original), CheckpointHashes.of(again));
    assertEquals(Files.readString(original.history()), Files.readString(again.history()));
    assertNotEquals(CheckpointHashes.of(original), CheckpointHashes.of(train("plain", Map.of())));
  }

  @Test
  void aChangeIsScheduledBeforeLaterChanges() throws IOException {
    RunFolder original = train("original", Map.of(14L, List.of(REMOVE), 5L, List.of(ADD)));
    // The same two changes, but the later one is scheduled from the start.
    ComposedRecipe planned =
        LiveGame.composed()
            .withChanges(
                List.of(new Change("changes", "- after: 14\n  remove: 'regularizers.drift'\n")));
    RunFolder folder = RunFolder.create(directory.resolve("planned"), planned);
    new TrainingRun(folder, planned)
        .run(new RequestingListener(folder, Map.of(5L, List.of(ADD)), new long[1]), () -> false);

    assertEquals(CheckpointHashes.of(original), CheckpointHashes.of(folder));
    assertEquals(Files.readString(original.recipe()), Files.readString(folder.recipe()));
  }

  @Test
  void aChangeThatDoesNotFitIsRefusedAndChangesNothing() throws IOException {
    RequestingListener asking =
        new RequestingListener(
            Map.of(
                5L,
                List.of(REMOVE),
                7L,
                List.of(ADD, new Change("loss", "none")),
                9L,
                List.of(new Change("regularizers[+]", "unheard-of"))));
    RunFolder folder = train("a", asking);

    assertEquals("there is no drift", problem(asking.answers.get(5L)));
    assertEquals("there is no loss none", problem(asking.answers.get(7L)));
    assertEquals("there is no regularizer unheard-of", problem(asking.answers.get(9L)));
    assertEquals("loss: plain\n", Files.readString(folder.recipe()));
    assertFalse(Files.exists(folder.history()));
    assertEquals(CheckpointHashes.of(train("plain", Map.of())), CheckpointHashes.of(folder));
  }

  private static String problem(JsonNode answer) {
    return answer.path("problems").get(0).path("message").asText();
  }

  @Test
  void lostWeightsAreReported() throws IOException {
    RequestingListener asking =
        new RequestingListener(Map.of(5L, List.of(new Change("regularizers[+]", "wide"))));
    RunFolder folder = train("a", asking);

    String lost = "the discriminator starts from its initial weights because its shapes differ";
    assertEquals(lost, asking.answers.get(5L).path("notTransferred").get(0).asText());
    assertEquals(
        lost, JsonFiles.lines(folder.history()).get(0).path("notTransferred").get(0).asText());
    assertEquals(List.of(lost), asking.notTransferred);
  }

  @Test
  void aRequestWaitsForTheAnswer() throws Exception {
    RunFolder folder = RunFolder.create(directory.resolve("a"), LiveGame.composed());
    List<CompletableFuture<Optional<LiveChange>>> asked = new ArrayList<>();
    new TrainingRun(folder, LiveGame.composed())
        .run(
            new TrainingListener() {
              @Override
              public void stepDone(
                  long step, long steps, double seconds, Map<String, Double> values) {
                if (step == 3 || step == 4) {
                  asked.add(
                      CompletableFuture.supplyAsync(
                          () ->
                              LiveChange.request(
                                  folder.path(), List.of(step == 3 ? ADD : REMOVE), () -> false)));
                  awaitRequest(folder);
                }
              }
            },
            () -> false);

    assertEquals(3, asked.get(0).get().orElseThrow().step());
    assertEquals(List.of(ADD), asked.get(0).get().orElseThrow().changes());
    assertEquals(4, asked.get(1).get().orElseThrow().step());
  }

  private static void awaitRequest(RunFolder folder) {
    while (true) {
      try (var files = Files.list(Files.createDirectories(folder.path().resolve(".live")))) {
        if (files.anyMatch(f -> f.toString().endsWith(".request.json"))) {
          return;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void aRequestToARunThatIsNotTrainingFails() throws IOException {
    RunFolder folder = train("a", Map.of());

    RunException refused =
        assertThrows(
            RunException.class, () -> LiveChange.request(folder.path(), List.of(ADD), () -> false));

    assertTrue(
        refused.getMessage().startsWith(folder.path() + " has no running training"),
        refused.getMessage());
    assertFalse(Files.exists(folder.path().resolve(".live")));
  }

  @Test
  void staleRequestsAreDiscardedWhenTheRunResumes() throws IOException {
    RunFolder folder = RunFolder.create(directory.resolve("a"), LiveGame.composed());
    Path requests = Files.createDirectories(folder.path().resolve(".live"));
    Files.writeString(
        requests.resolve("1-left.request.json"),
        "{\"pid\": -7, \"changes\": [{\"path\": \"loss\", \"value\": \"double\"}]}");
    Files.writeString(requests.resolve("2-junk.request.json"), "{");

    new TrainingRun(folder, LiveGame.composed()).run(new TrainingListener() {}, () -> false);

    assertFalse(Files.exists(requests));
    assertFalse(Files.exists(folder.history()));
  }

  @Test
  void aRefusalHasItsReasons() throws Exception {
    RunFolder folder = RunFolder.create(directory.resolve("a"), LiveGame.composed());
    List<CompletableFuture<Optional<LiveChange>>> asked = new ArrayList<>();
    new TrainingRun(folder, LiveGame.composed())
        .run(
            new TrainingListener() {
              @Override
              public void stepDone(
                  long step, long steps, double seconds, Map<String, Double> values) {
                if (step == 3) {
                  asked.add(
                      CompletableFuture.supplyAsync(
                          () -> LiveChange.request(folder.path(), List.of(REMOVE), () -> false)));
                  awaitRequest(folder);
                }
              }
            },
            () -> false);

    Throwable refused = assertThrows(Exception.class, () -> asked.get(0).get()).getCause();
    assertEquals("there is no drift", ((RecipeException) refused).problems().get(0).message());
    assertEquals("look again", ((RecipeException) refused).problems().get(0).fix());
  }

  private RunFolder train(String name, Map<Long, List<Change>> asked) {
    return train(name, new RequestingListener(asked));
  }

  private RunFolder train(String name, RequestingListener asking) {
    RunFolder folder = RunFolder.create(directory.resolve(name), LiveGame.composed());
    asking.folder = folder;
    new TrainingRun(folder, LiveGame.composed()).run(asking, () -> false);
    asking.collect();
    return folder;
  }

  /** Requests changes at certain steps, like another process. */
  private static final class RequestingListener implements TrainingListener {

    private final Map<Long, List<Change>> asked;
    private final long[] step;
    private final Map<Long, String> ids = new TreeMap<>();
    private final Map<Long, JsonNode> answers = new TreeMap<>();
    private final List<String> notTransferred = new ArrayList<>();
    private RunFolder folder;

    RequestingListener(Map<Long, List<Change>> asked) {
      this(null, asked, new long[1]);
    }

    RequestingListener(RunFolder folder, Map<Long, List<Change>> asked, long[] step) {
      this.folder = folder;
      this.asked = asked;
      this.step = step;
    }

    @Override
    public void stepDone(long number, long steps, double seconds, Map<String, Double> values) {
      step[0] = number;
      ask(number);
    }

    private void ask(long number) {
      try {
        if (asked.containsKey(number)) {
          ids.put(number, LiveRequests.of(folder.path()).submit(asked.get(number)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void recipeChanged(long after, Change change, List<String> lost, ComposedRecipe now) {
      notTransferred.addAll(lost);
    }

    private void collect() {
      ids.forEach(
          (number, id) -> {
            try {
              answers.put(number, LiveRequests.of(folder.path()).answer(id).orElseThrow());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
