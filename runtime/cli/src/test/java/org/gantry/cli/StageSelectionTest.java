package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that show one stage of a recipe. */
@TensorTest
class StageSelectionTest {

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"validate", "explain", "graph"})
  void theLastStageIsShownUnlessAnotherIsNamed(String command) {
    CommandFixture.CommandResult last = stage.run(command, "staged");
    assertEquals(0, last.exitCode(), last.err());
    assertTrue(
        last.err().contains("note: this is the stage 'second'; --stage shows 'first'\n"),
        last.err());

    CommandFixture.CommandResult first = stage.run(command, "staged", "--stage", "first");
    assertEquals(0, first.exitCode(), first.err());
    assertTrue(
        first.err().contains("note: this is the stage 'first'; --stage shows 'second'\n"),
        first.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "explain"})
  void jsonNamesTheStages(String command) {
    String json = stage.run(command, "staged", "--json", "--stage", "first").out();
    assertTrue(json.contains("\"stage\" : \"first\""), json);
    assertTrue(json.replaceAll("\\s", "").contains("\"stages\":[\"first\",\"second\"]"), json);
    assertFalse(stage.run(command, "ring", "--json").out().contains("\"stage"));
  }

  @Test
  void aDrawingShowsTheStage() {
    Path file = folder.resolve("graph.svg");
    CommandFixture.CommandResult drawn =
        stage.run("graph", "staged", "--stage", "first", "-o", file.toString());
    assertEquals(0, drawn.exitCode(), drawn.err());
    assertTrue(Files.isRegularFile(file));
  }

  @Test
  void unknownStagesAreRefusedWithTheNearest() {
    CommandFixture.CommandResult unknown = stage.run("graph", "staged", "--stage", "frist");
    assertEquals(2, unknown.exitCode());
    assertTrue(
        unknown.err().startsWith("error: --stage frist: the recipe has no such stage\n"),
        unknown.err());
    assertTrue(
        unknown.err().contains("Did you mean 'first'? Its stages are 'first' and 'second'."),
        unknown.err());

    CommandFixture.CommandResult none = stage.run("validate", "ring", "--stage", "first");
    assertEquals(2, none.exitCode());
    assertTrue(
        none.err().startsWith("error: --stage first: the recipe ring has no stages\n"), none.err());
  }
}
