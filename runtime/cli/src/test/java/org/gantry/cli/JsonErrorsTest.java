package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** With --json, every failure of a command is JSON. */
class JsonErrorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An installation without working services. */
  private static final CommandServices NOTHING =
      (CommandServices)
          Proxy.newProxyInstance(
              CommandServices.class.getClassLoader(),
              new Class<?>[] {CommandServices.class},
              (proxy, method, arguments) -> {
                throw ProvisioningException.refused("the moon is full", "Wait for the sun.");
              });

  private static final CommandDispatcher COMMANDS =
      new CommandDispatcher(NOTHING, invocation -> TerminalInfo.NONE, "1.2.3");

  private static CommandFixture.CommandResult run(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        COMMANDS.run(
            new CommandInvocation(
                words,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> false));
    return new CommandFixture.CommandResult(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The commands with the option --json, by their words. */
  private static Map<List<String>, CommandLine> commands() {
    Map<List<String>, CommandLine> found = new LinkedHashMap<>();
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true);
    collect(
        COMMANDS.commandLine(new Console(nowhere, nowhere, TerminalInfo.NONE, () -> false)),
        List.of(),
        found);
    return found;
  }

  private static void collect(
      CommandLine command, List<String> words, Map<List<String>, CommandLine> found) {
    if (command.getCommandSpec().optionsMap().containsKey("--json")) {
      found.put(words, command);
    }
    command
        .getSubcommands()
        .forEach((name, below) -> collect(below, joined(words, List.of(name)), found));
  }

  private static List<String> joined(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  @Test
  void allCommandsWithJsonAreCovered() {
    assertTrue(
        commands()
            .keySet()
            .containsAll(
                List.of(
                    List.of("plugins", "install"),
                    List.of("plugins", "trust", "list"),
                    List.of("repository", "list"),
                    List.of("explain"),
                    List.of("evaluate"))),
        commands().keySet().toString());
  }

  @TestFactory
  Stream<DynamicTest> aWrongWordIsAnsweredInJson() {
    return commands().keySet().stream()
        .map(
            words ->
                DynamicTest.dynamicTest(
                    String.join(" ", words),
                    () -> {
                      CommandFixture.CommandResult answer =
                          run(joined(words, List.of("--json", "--no-such")));
                      assertEquals(2, answer.exitCode());
                      assertEquals("", answer.err());
                      JsonNode error = JSON.readTree(answer.out()).get("error");
                      assertEquals(2, error.get("exitCode").asInt());
                      assertFalse(error.at("/problems/0/message").asText().isEmpty());
                      assertTrue(error.at("/problems/0/fix").asText().contains("--help"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aRefusalIsAnsweredInJson() {
    return commands().entrySet().stream()
        .map(
            command ->
                DynamicTest.dynamicTest(
                    String.join(" ", command.getKey()),
                    () -> {
                      List<String> words = new ArrayList<>(command.getKey());
                      command
                          .getValue()
                          .getCommandSpec()
                          .positionalParameters()
                          .forEach(p -> words.addAll(List.of("none/there", "none/here")));
                      words.add("--json");
                      CommandFixture.CommandResult answer = run(words);
                      assertFalse(answer.exitCode() == 0, answer.out());
                      assertEquals("", answer.err());
                      JsonNode error = JSON.readTree(answer.out()).get("error");
                      assertEquals(answer.exitCode(), error.get("exitCode").asInt());
                      assertFalse(error.at("/problems/0/message").asText().isEmpty());
                    }));
  }

  @Test
  void everyProblemOfARecipeHasItsPlace() throws IOException {
    CommandFixture stage =
        new CommandFixture()
            .fail(
                new RecipeException(
                    List.of(
                        new InputProblem(
                            "my a.yaml:3:7",
                            "There is no loss 'hing'.",
                            "'hinge' or 'wasserstein'",
                            "Write 'hinge'."),
                        new InputProblem("--set x=1", "Nothing can be done.", ""))));
    CommandFixture.CommandResult answer = stage.run("explain", "a.yaml", "--json");
    assertEquals(2, answer.exitCode());
    assertEquals("", answer.err());
    assertEquals(
        JSON.readTree(
            """
            {"error": {"exitCode": 2, "log": null, "problems": [
              {"message": "There is no loss 'hing'.", "where": "my a.yaml:3:7",
               "file": "my a.yaml", "line": 3, "column": 7,
               "expected": "'hinge' or 'wasserstein'", "fix": "Write 'hinge'."},
              {"message": "Nothing can be done.", "where": "--set x=1",
               "file": null, "line": null, "column": null, "expected": null,
               "fix": null}]}}
            """),
        JSON.readTree(answer.out()));
  }

  @Test
  void theExpectedValueIsASeparateField() throws IOException {
    assertEquals("a whole number", expected("evaluate", "run", "-n", "many", "--json"));
    assertEquals("at least 1 sample", expected("evaluate", "run", "-n", "0", "--json"));
    assertEquals(
        "a path, an equals sign and a value", expected("explain", "ring", "--set", "x", "--json"));
    assertTrue(expected("plugins", "lst", "--json").startsWith("'list', 'install', "));
  }

  private static String expected(String... words) throws IOException {
    return JSON.readTree(new CommandFixture().run(words).out())
        .at("/error/problems/0/expected")
        .asText();
  }

  @Test
  void wordsAfterTwoHyphensAreNotOptions() {
    CommandFixture.CommandResult answer =
        new CommandFixture().run("validate", "--", "--json", "more");
    assertEquals(2, answer.exitCode());
    assertEquals("", answer.out());
  }

  @Test
  void aDeclinedChangeShowsThePlanAndAnswersJson() throws IOException {
    TerminalInfo typing =
        new TerminalInfo(
            true,
            false,
            false,
            80,
            java.util.Optional.of(new java.io.BufferedReader(new java.io.StringReader("n\n"))));
    CommandFixture.CommandResult answer =
        new CommandFixture().on(typing).run("plugins", "install", "losses.jar", "--json");
    assertEquals(1, answer.exitCode());
    assertTrue(answer.err().contains("Make this change?"), answer.err());
    assertFalse(JSON.readTree(answer.out()).get("done").asBoolean());
  }
}
