package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that measures how fast a recipe trains. */
@TensorTest
class BenchCommandTest {

  private final CommandFixture stage = new CommandFixture();

  @Test
  void theRateAndThePartsOfAStepAreShown() {
    CommandFixture.CommandResult answer = stage.run("bench", "tiny", "--seconds", "0.1");

    assertEquals(0, answer.exitCode(), answer.err());
    assertTrue(answer.out().matches("(?s)tiny  \\S+ steps/s \\(.*"), answer.out());
    assertTrue(answer.out().contains("the loop itself"), answer.out());
  }

  @Test
  void jsonHasTheShareOfEachPart() throws Exception {
    CommandFixture.CommandResult answer = stage.run("bench", "tiny", "--seconds", "0.1", "--json");

    JsonNode json = new ObjectMapper().readTree(answer.out());
    double shares = 0;
    for (JsonNode part : json.path("parts")) {
      shares += part.path("share").asDouble();
    }
    assertTrue(shares > 0.1 && shares < 1, answer.out());
    assertTrue(json.path("stepsPerSecond").asDouble() > 0, answer.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "1e9"})
  void aTimeThatIsTooShortOrTooLongIsRefused(String seconds) {
    CommandFixture.CommandResult answer = stage.run("bench", "tiny", "--seconds", seconds);

    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().contains("It can be from 0.1 to 3600."), answer.err());
  }

  @Test
  void aRecipeIsComparedWithAChangedOne() throws Exception {
    CommandFixture.CommandResult answer =
        stage.run("bench", "tiny", "--seconds", "0.1", "--against", "train.steps=9", "--json");

    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertEquals("train.steps=9", json.path("against").path(0).asText(), answer.err());
    assertTrue(json.path("ratio").asDouble() > 0, answer.out());
  }

  @Test
  void aChangeWithoutAValueIsRefused() {
    CommandFixture.CommandResult answer = stage.run("bench", "tiny", "--against", "loss");

    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().contains("--against loss: expected a path"), answer.err());
  }

  @Test
  void aTraceIsWrittenToAnEmptyFolderOnly(@TempDir Path folder) {
    Path trace = folder.resolve("trace");

    assertEquals(
        0,
        stage.run("bench", "tiny", "--trace", trace.toString(), "--trace-steps", "2").exitCode());
    assertTrue(Files.exists(trace.resolve("step-0002.safetensors")));
    CommandFixture.CommandResult again = stage.run("bench", "tiny", "--trace", trace.toString());
    assertEquals(2, again.exitCode());
    assertTrue(again.err().contains("is not empty"), again.err());
  }
}
