package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.junit.jupiter.api.Test;

/** The error reports of commands. */
class ErrorReportTest {

  private final CommandFixture stage = new CommandFixture();

  @Test
  void exhaustedMemoryIsReportedWithAFixAndNotAsADefect() {
    for (Throwable failure :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new StackOverflowError(),
            new IllegalStateException("can't allocate: you tried to allocate 40000000000 bytes"))) {
      ErrorReport report = ErrorReport.of(failure);
      assertEquals(1, report.exitCode());
      assertFalse(report.defect());
      assertFalse(report.parts().get(0).message().contains("this should not happen"));
      assertFalse(report.parts().get(0).fix().isEmpty());
    }
  }

  @Test
  void everyProblemOfARecipeHasItsPlaceAndItsFix() {
    stage.fail(
        new RecipeException(
            List.of(
                new InputProblem("a.yaml:3:7", "There is no loss 'hing'.", "Did you mean 'hinge'?"),
                new InputProblem("a.yaml:9:1", "Nothing can be done.", ""))));
    assertEquals(
        new CommandFixture.CommandResult(
            2,
            "",
            """
            error: a.yaml:3:7: There is no loss 'hing'.
              fix: Did you mean 'hinge'?
            error: a.yaml:9:1: Nothing can be done.
            """),
        stage.run("validate", "a.yaml"));
  }

  @Test
  void anUnexpectedFailureIsOneLineWithItsCauses() {
    stage.fail(
        new IllegalStateException(
            "cannot go on", new IllegalArgumentException("two\nlines", new Error())));
    CommandFixture.CommandResult answer = stage.run("validate", "a.yaml");
    assertEquals(1, answer.exitCode());
    assertEquals(
        """
        error: this should not happen: IllegalStateException: cannot go on; because of \
        IllegalArgumentException: two lines; because of Error
          fix: --debug shows the full trace
        """,
        answer.err());
  }

  @Test
  void debugShowsTheStackTrace() {
    stage.fail(new IllegalStateException("cannot go on"));
    for (String[] words :
        new String[][] {{"--debug", "validate", "a.yaml"}, {"validate", "a.yaml", "--debug"}}) {
      String err = stage.run(words).err();
      assertTrue(err.contains("\tat org.gantry.cli."), err);
    }
  }

  @Test
  void onlyTerminalsGetColour() {
    stage.fail(
        new RecipeException(List.of(new InputProblem("a.yaml:3:7", "Wrong.", "Change it."))));
    assertFalse(stage.run("validate", "a.yaml").err().contains("\u001b"));
    stage.on(new TerminalInfo(true, true, true, 80, Optional.empty()));
    assertEquals(
        "\u001b[1;31merror:\u001b[0m a.yaml:3:7: Wrong.\n  \u001b[1;32mfix:\u001b[0m Change it.\n",
        stage.run("validate", "a.yaml").err());
  }

  @Test
  void theEnvironmentCanDisableColour() {
    assertTrue(TerminalInfo.allowsColour(java.util.Map.of("TERM", "xterm")));
    assertTrue(TerminalInfo.allowsColour(java.util.Map.of("NO_COLOR", "")));
    assertFalse(TerminalInfo.allowsColour(java.util.Map.of("NO_COLOR", "1")));
    assertFalse(TerminalInfo.allowsColour(java.util.Map.of("TERM", "dumb")));
  }
}
