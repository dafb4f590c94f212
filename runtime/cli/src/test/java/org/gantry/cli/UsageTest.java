package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.gantry.cli.CommandFixture.CommandResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong words on the command line, and help. */
class UsageTest {

  private final CommandFixture stage = new CommandFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train ring --steps x | --steps x: expected a whole number",
        "train ring --seed 99999999999999999999"
            + " | --seed 99999999999999999999: expected a whole number of at most"
            + " 9223372036854775807 in size",
        "evaluate run -n 2.5 | -n 2.5: expected a whole number",
        "runs --json=x | --json x: expected no value",
        "validate | gantry validate needs RECIPE",
        "live run add | live run add: expected a component",
        "live run set | live run set: expected PATH=VALUE",
        "train ring --steps | gantry train needs --steps N",
        "experiments page results | gantry experiments page needs -o FILE",
        "compare one | gantry compare needs at least 2 arguments RUN",
        "train ring --out a --out b | --out is given twice",
        "runs one two | gantry runs does not expect 'two'",
        "runs --jsn | gantry runs has no option '--jsn'",
        "trian ring | gantry has no command 'trian'",
        "plugins instal x | gantry plugins has no command 'instal'",
      })
  void wrongWordsAreDescribedInTheWordsOfTheProduct(String words, String message) {
    CommandResult answer = stage.run(words.split(" ", -1));

    assertEquals(2, answer.exitCode());
    assertEquals("error: " + message, answer.err().lines().findFirst().orElse(""));
    assertTrue(answer.err().contains("  fix: "), answer.err());
  }

  @Test
  void onlyNearNamesAreSuggested() {
    assertTrue(stage.run("trian", "x").err().contains("Did you mean 'train'?"));
    assertTrue(stage.run("runs", "--jsn").err().contains("Did you mean '--json'?"));
    assertFalse(stage.run("banana").err().contains("Did you mean"));
    assertFalse(stage.run("plugins", "help").err().contains("Did you mean"));
  }

  @Test
  void anUnknownCommandHasNoHelp() {
    for (String word : List.of("jobs", "banana")) {
      CommandResult answer = stage.run(word, "--help");
      assertEquals(2, answer.exitCode(), answer.out());
      assertTrue(answer.err().contains("gantry has no command '" + word + "'"), answer.err());
    }
    assertTrue(stage.run("jobs").err().contains("fix: It is a command of 'gantry shell'."));
  }

  @Test
  void helpShowsTheHelpOfACommand() {
    assertEquals(stage.run("--help").out(), stage.run("help").out());
    assertEquals(stage.run("train", "--help"), stage.run("help", "train"));
    assertEquals(
        stage.run("plugins", "install", "--help"), stage.run("help", "plugins", "install"));
  }

  @Test
  void helpOnAnUnknownCommandIsRefused() {
    assertEquals(
        new CommandResult(
            2,
            "",
            """
            error: gantry plugins has no command 'instal'
              fix: Did you mean 'install'? 'gantry plugins --help' shows its commands and options.
            """),
        stage.run("help", "plugins", "instal"));
  }

  @Test
  void aKindIsDescribedByItsComponents() throws IOException {
    assertEquals(
        """
        kind           name   summary
        discriminator  small  A small network.
        """,
        stage.run("describe", "discriminator").out());
    assertEquals(
        "small",
        new ObjectMapper()
            .readTree(stage.run("describe", "discriminator", "--json").out())
            .at("/0/name")
            .asText());
  }

  @Test
  void aMistypedComponentOrKindIsSuggestedWithItsKind() {
    assertTrue(stage.run("describe", "hing").err().contains("fix: Did you mean 'loss/hinge'?"));
    assertTrue(stage.run("describe", "generatr").err().contains("Did you mean 'generator'?"));
    assertFalse(stage.run("describe", "banana").err().contains("Did you mean"));
  }

  @Test
  void planningAsksNothing() {
    assertTrue(stage.run("plugins", "plan", "a.jar", "--yes").err().contains("no option '--yes'"));
    assertFalse(stage.run("plugins", "plan", "--help").out().contains("--yes"));
  }
}
