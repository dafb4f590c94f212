package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void theLastColumnIsWrappedBetweenWords() {
    assertEquals(
        """
          a    b
          one  two three four five
               six seven
          two
        """,
        Table.headed(2, "a", "b")
            .row("one", "two three four five six seven")
            .row("two", "")
            .text(27, false));
  }

  @Test
  void onlyTheHeadIsEmphasised() {
    assertEquals(
        "\u001b[1ma  b\u001b[0m\n1  2\n", Table.headed(0, "a", "b").row("1", "2").text(80, true));
  }

  @Test
  void aWordThatIsTooLongHasALineOfItsOwn() {
    assertEquals(List.of("a", "unbreakable", "b"), Table.wrap("a unbreakable b", 5));
  }
}
