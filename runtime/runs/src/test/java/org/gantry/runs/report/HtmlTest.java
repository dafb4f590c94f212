package org.gantry.runs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void numbersAreShortAndReadable() {
    assertEquals("0", Html.number(0));
    assertEquals("1500", Html.number(1500));
    assertEquals("0.25", Html.number(0.25));
    assertEquals("-1.2346", Html.number(-1.23456));
    assertEquals("1.23e-05", Html.number(1.23e-5));
    assertEquals("NaN", Html.number(Double.NaN));
  }
}
