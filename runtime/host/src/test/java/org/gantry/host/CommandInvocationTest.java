package org.gantry.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandInvocationTest {

  @Test
  void wordsAfterTwoDashesAreNotOptions() {
    assertTrue(invocation("components", "--json").wantsJson());
    assertTrue(invocation("components", "--json", "--", "x").wantsJson());
    assertFalse(invocation("components", "--", "--json").wantsJson());
    assertFalse(invocation("components").wantsJson());
  }

  private static CommandInvocation invocation(String... arguments) {
    return new CommandInvocation(List.of(arguments), System.out, System.err, () -> false);
  }
}
