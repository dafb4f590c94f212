package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The output and questions of commands about plugins. */
class PluginsCommandsTest {

  private final CommandFixture stage = new CommandFixture();

  @Test
  void thePlanIsShownBeforeTheChange() {
    CommandFixture.CommandResult answer = stage.run("plugins", "install", "losses.jar", "--yes");
    assertEquals(0, answer.exitCode());
    assertEquals(
        """
        note: old 1.0.0 is not updated because it is pinned
            bundle           version  signer    components
        in  org.acme.losses  1.2.0    unsigned  loss/relativistic
        from   losses.jar (SHA-256 0123456789ab...)
        wire   + org.acme.losses 1.2.0 -> org.gantry.api 0.1.0
        """,
        answer.err());
    assertEquals(1, stage.plugins().done().size());
  }

  @Test
  void foreignControlCharactersNeverReachTheTerminal() throws IOException {
    String name = "\u001b[2Jevil\r\u202e\u009b.jar";
    String escaped = "\\u001B[2Jevil\\u000D\\u202E\\u009B.jar";
    CommandFixture.CommandResult done = stage.run("plugins", "install", name, "--yes");
    assertEquals(0, done.exitCode());
    assertTrue(done.out().contains(escaped), done.out());
    CommandFixture.CommandResult json = stage.run("plugins", "install", name, "--yes", "--json");
    assertTrue(
        new ObjectMapper().readTree(json.out()).get("action").asText().contains(name), json.out());
    CommandFixture.CommandResult refused = stage.run("plugins", name);
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("'\\u001B[2Jevil \\u202E"), refused.err());
    for (CommandFixture.CommandResult answer : List.of(done, json, refused)) {
      assertFalse(
          (answer.out() + answer.err())
              .chars()
              .anyMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e)),
          answer.toString());
    }
  }

  @Test
  void withoutATerminalAChangeNeedsTheOptionYes() {
    CommandFixture.CommandResult answer = stage.run("plugins", "remove", "losses");
    assertEquals(2, answer.exitCode());
    assertTrue(
        answer
            .err()
            .endsWith(
                """
                error: this change needs a confirmation, and there is no terminal to ask on
                  fix: Add --yes to make the change.
                """),
        answer.err());
    assertEquals(List.of(), stage.plugins().done());
  }

  @Test
  void notesGoToTheStandardError() throws IOException {
    CommandFixture.CommandResult answer = stage.run("plugins", "search", "--json");
    assertEquals(0, answer.exitCode());
    assertEquals("note: the repository http://far was skipped: it is far\n", answer.err());
    JsonNode offer = new ObjectMapper().readTree(answer.out()).get(0);
    assertEquals("listed by CN=Acme", offer.get("voucher").asText());
    assertTrue(offer.get("trusted").asBoolean());
  }

  @Test
  void aSearchWithoutResultIsASentence() {
    CommandFixture.CommandResult answer = stage.run("plugins", "search", "unheard-of");
    assertEquals(0, answer.exitCode());
    assertEquals("", answer.out());
    assertTrue(
        answer.err().endsWith("there is no plugin with 'unheard-of' in the repositories\n"),
        answer.err());
  }

  @Test
  void planningChangesNothing() {
    CommandFixture.CommandResult answer = stage.run("plugins", "plan", "losses.jar");
    assertEquals(0, answer.exitCode());
    assertTrue(answer.out().contains("org.acme.losses"), answer.out());
    assertEquals(List.of(), stage.plugins().done());
  }

  @Test
  void thePlanCanBeJson() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(stage.run("plugins", "install", "losses.jar", "--yes", "--json").out());
    assertTrue(json.get("done").asBoolean());
    assertEquals("org.acme.losses", json.get("in").get(0).get("bundle").asText());
    assertEquals("unsigned", json.get("in").get(0).get("signer").asText());
  }

  @Test
  void anUninstalledPluginIsInvalidInput() {
    assertEquals(
        new CommandFixture.CommandResult(
            2, "", "error: no plugin 'missing' is installed\n  fix: Look again.\n"),
        stage.run("plugins", "remove", "missing", "--yes"));
  }

  @Test
  void theDoctorFailsIfThereIsAProblem() {
    CommandFixture.CommandResult answer = stage.run("plugins", "doctor");
    assertEquals(1, answer.exitCode());
    assertEquals("broken 2.0.0 does not work\n", answer.out());
  }
}
