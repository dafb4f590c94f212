package org.gantry.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TypicalErrorsTest {

  @Test
  void thePercentileCountsSmallerErrors() {
    TypicalErrors errors = TypicalErrors.of(List.of(.3, .1, .2, .2));

    assertEquals(0, errors.percentile(.05));
    assertEquals(25, errors.percentile(.2));
    assertEquals(75, errors.percentile(.25));
    assertEquals(100, errors.percentile(.4));
  }

  @Test
  void noErrorsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TypicalErrors.of(List.of()));
  }
}
