package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no tensor engine. */
class ListCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  @Test
  void gantryWithoutACommandShowsAllCommands() {
    CommandFixture.CommandResult answer = stage.run();
    assertEquals(0, answer.exitCode());
    assertEquals("", answer.err());
    for (String command :
        List.of(
            "train",
            "sample",
            "interpolate",
            "translate",
            "project",
            "inpaint",
            "edit",
            "evaluate",
            "runs",
            "export",
            "recipes",
            "validate",
            "explain",
            "bench",
            "graph",
            "components",
            "describe",
            "plugins",
            "schema")) {
      assertTrue(answer.out().lines().anyMatch(l -> l.strip().startsWith(command + " ")), command);
    }
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (String command :
        List.of(
            "train",
            "sample",
            "interpolate",
            "translate",
            "project",
            "inpaint",
            "edit",
            "evaluate",
            "runs",
            "export",
            "recipes",
            "validate",
            "explain",
            "bench",
            "graph",
            "components",
            "describe",
            "plugins",
            "plugins list",
            "plugins install",
            "plugins plan",
            "plugins search",
            "plugins info",
            "plugins update",
            "plugins remove",
            "plugins enable",
            "plugins disable",
            "plugins pin",
            "plugins unpin",
            "plugins rollback",
            "plugins generations",
            "plugins doctor",
            "plugins trust",
            "repository",
            "schema")) {
      String[] words = (command + " --help").split(" ", -1);
      CommandFixture.CommandResult answer = stage.run(words);
      assertEquals(0, answer.exitCode(), command);
      assertTrue(answer.out().contains("Example:\n  gantry " + command), answer.out());
      assertTrue(answer.out().lines().allMatch(l -> l.length() <= 100), answer.out());
    }
  }

  @Test
  void theVersionIsOneLine() {
    assertEquals(new CommandFixture.CommandResult(0, "gantry 1.2.3\n", ""), stage.run("--version"));
  }

  @Test
  void componentsAreListedByKind() {
    CommandFixture.CommandResult all = stage.run("components");
    assertEquals(0, all.exitCode());
    assertEquals(4, all.out().lines().count(), all.out());
    CommandFixture.CommandResult losses = stage.run("components", "--kind", "loss");
    assertEquals(
        List.of(
            "kind  name   summary",
            "loss  hinge  The hinge loss, which stops pushing scores beyond 1."),
        losses.out().lines().toList());
  }

  @Test
  void componentsOfTheSameNameAreListedWithTheirBundles() {
    stage.install(CommandFixture.component("loss", "hinge", "Another.", "other"));
    String out = stage.run("components", "--kind", "loss").out();
    assertTrue(out.contains("loss  acme/hinge ") && out.contains("loss  other/hinge "), out);
  }

  @Test
  void anUnknownKindIsRejectedWithTheKnownKinds() {
    CommandFixture.CommandResult answer = stage.run("components", "--kind", "losses");
    assertEquals(2, answer.exitCode());
    assertEquals("", answer.out());
    assertEquals(
        """
        error: --kind losses: no component of this kind is installed
          fix: Did you mean 'loss'? The kinds are discriminator, generator, loss.
        """,
        answer.err());
  }

  @Test
  void componentsAsJsonCarryTheirPortsAndBundles() throws IOException {
    JsonNode hinge = JSON.readTree(stage.run("components", "--json").out()).get(2);
    assertEquals("hinge", hinge.get("name").asText());
    assertEquals("score", hinge.get("gives").get(0).asText());
    assertEquals("acme", hinge.get("bundle").asText());
    assertEquals("1.0.0", hinge.get("bundleVersion").asText());
  }

  @Test
  void aDescriptionHasTheOptionsWithTypesDefaultsAndRanges() {
    CommandFixture.CommandResult answer = stage.run("describe", "loss/hinge");
    assertEquals(0, answer.exitCode());
    assertEquals(
        """
        loss/hinge 1.1.0
          The hinge loss, which stops pushing scores beyond 1.

          paper   arXiv:1705.02894
          takes   image
          gives   score
          bundle  acme 1.0.0

          option  type    default     range           meaning
          margin  number  1           greater than 0  where it stops
          file    file    (required)                  what to read
        """,
        answer.out());
  }

  @Test
  void aRequiredOptionHasANullDefaultInJson() throws IOException {
    JsonNode json = JSON.readTree(stage.run("describe", "hinge", "--json").out());
    assertEquals("arXiv:1705.02894", json.get("paper").asText());
    assertEquals("1", json.get("options").get(0).get("default").asText());
    assertTrue(json.get("options").get(1).get("default").isNull());
  }

  @Test
  void aNameWithoutKindIsEnoughIfItIsUnique() {
    assertEquals(stage.run("describe", "loss/hinge"), stage.run("describe", "hinge"));
    assertEquals(
        new CommandFixture.CommandResult(
            2,
            "",
            """
            error: KIND/NAME small: there are components of several kinds with this name
              fix: Write one of discriminator/small, generator/small.
            """),
        stage.run("describe", "small"));
  }

  @Test
  void aMissingComponentIsReportedAsInRecipes() {
    assertEquals(
        new CommandFixture.CommandResult(
            2, "", "error: loss/hing: There is none.\n  fix: Try another.\n"),
        stage.run("describe", "loss/hing"));
  }

  @Test
  void recipesAreListed() throws IOException {
    assertEquals(
        "recipe  summary\ntiny    Two players and a few points.\n", stage.run("recipes").out());
    JsonNode json = JSON.readTree(stage.run("recipes", "--json").out());
    assertEquals("tiny.yaml", json.get(0).get("file").asText());
  }

  @Test
  void brokenPluginsAreListedAsBroken() throws IOException {
    String out = stage.run("plugins", "list").out();
    assertTrue(out.contains("broken  2.0.0    quarantined  loss/other"), out);
    JsonNode json = JSON.readTree(stage.run("plugins", "list", "--json").out());
    assertTrue(json.get(0).get("active").asBoolean());
    assertFalse(json.get(1).get("active").asBoolean());
  }

  @Test
  void theSchemaIsPrintedOrWrittenToAFile() throws IOException {
    assertEquals("{\"title\": \"recipe\"}\n", stage.run("schema").out());
    Path file = folder.resolve("recipe.schema.json");
    CommandFixture.CommandResult answer = stage.run("schema", "-o", file.toString());
    assertEquals(new CommandFixture.CommandResult(0, file + "\n", ""), answer);
    assertEquals("{\"title\": \"recipe\"}\n", Files.readString(file));
  }

  @Test
  void anOutputFileInAMissingFolderIsRejected() {
    Path file = folder.resolve("none/recipe.schema.json");
    CommandFixture.CommandResult answer = stage.run("schema", "-o", file.toString());
    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().startsWith("error: -o " + file + ": there is no folder "));
  }

  @Test
  void anUnknownCommandIsRejectedWithTheNearestName() {
    assertEquals(
        new CommandFixture.CommandResult(
            2,
            "",
            """
            error: gantry has no command 'trian'
              fix: Did you mean 'train'? 'gantry --help' shows its commands and options.
            """),
        stage.run("trian", "digits"));
  }

  @Test
  void anUnknownOptionIsRejectedWithTheNearestName() {
    assertEquals(
        new CommandFixture.CommandResult(
            2,
            "",
            """
            error: gantry train has no option '--stpes'
              fix: Did you mean '--steps'? 'gantry train --help' shows its arguments and options.
            """),
        stage.run("train", "tiny", "--stpes", "3"));
  }

  @Test
  void aWrongOptionTypeAndAMissingArgumentAreRejected() {
    CommandFixture.CommandResult type = stage.run("train", "tiny", "--steps", "many");
    assertEquals(2, type.exitCode());
    assertTrue(type.err().startsWith("error: --steps many: expected a whole number"), type.err());
    assertEquals(2, type.err().lines().count(), type.err());
    CommandFixture.CommandResult missing = stage.run("validate");
    assertEquals(2, missing.exitCode());
    assertTrue(missing.err().startsWith("error: gantry validate needs RECIPE"));
  }

  @Test
  void aSettingWithoutAnEqualsSignIsRejected() {
    CommandFixture.CommandResult answer = stage.run("validate", "tiny", "--set", "train.steps");
    assertEquals(2, answer.exitCode());
    assertEquals(List.of(), stage.asked());
    assertTrue(
        answer.err().startsWith("error: --set train.steps: expected a path, an equals sign"));
  }

  @Test
  void argumentsWithAnAtSignAreNotArgumentFiles() {
    CommandFixture.CommandResult answer = stage.run("describe", "@" + folder.resolve("arguments"));
    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().startsWith("error: @"), answer.err());
  }
}
