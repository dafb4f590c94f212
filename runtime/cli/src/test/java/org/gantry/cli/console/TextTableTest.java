package org.gantry.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
        TextTable.headed(0, "a", "b").row("1", "2").text(80, true));
  }

  @Test
  void aLongWordHasItsOwnLine() {
    assertEquals(List.of("a", "unbreakable", "b"), TextTable.wrap("a unbreakable b", 5));
  }
}
