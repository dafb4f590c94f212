package org.gantry.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gantry.host.support.TerminalText;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void columnsAreAsWideAsTheirText() {
    assertEquals(
        """
          a    b
          one  two three
        """,
        TextTable.headed(2, "a", "b").row("one", "two three").text(16, false));
  }

  @Test
  void theWidestColumnsWrapFirst() {
    assertEquals(
        """
        name  many words that   and many more
              are wrapped       than that, to be
                                wrapped as well
        """,
        TextTable.plain(0)
            .row(
                "name",
                "many words that are wrapped",
                "and many more than that, to be wrapped as well")
            .text(40, false));
  }

  @Test
  void onlyTheHeaderIsEmphasised() {
    assertEquals(
        "\u001b[1ma  b\u001b[0m\n1  2\n",
        TerminalText.render(TextTable.headed(0, "a", "b").row("1", "2").text(80, true)));
  }

  @Test
  void foreignTextInACellKeepsTheTableWhole() {
    assertEquals(
        "a \\u001B[2J b  2\n", TextTable.plain(0).row("a\n\u001b[2J\tb", "2").text(80, false));
    assertTrue(TextTable.plain(0).row("x".repeat(5000)).text(80, false).length() < 2100);
  }

  @Test
  void aLongWordHasItsOwnLine() {
    assertEquals(List.of("a", "unbreakable", "b"), TextTable.wrap("a unbreakable b", 5));
  }
}
