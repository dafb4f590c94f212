package org.gantry.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NumberTextTest {

  @Test
  void durationsAreRounded() {
    assertEquals("0 s", NumberText.duration(0.4));
    assertEquals("59 s", NumberText.duration(59.4));
    assertEquals("1 min 00 s", NumberText.duration(59.6));
    assertEquals("3 min 20 s", NumberText.duration(200));
    assertEquals("2 h 05 min", NumberText.duration(2 * 3600 + 5 * 60 + 59));
  }

  @Test
  void countsHaveThreeDigitsAndAPrefix() {
    assertEquals("0", NumberText.count(0));
    assertEquals("950", NumberText.count(950));
    assertEquals("1.00 k", NumberText.count(1000));
    assertEquals("12.3 k", NumberText.count(12_345));
    assertEquals("999 k", NumberText.count(999_499));
    assertEquals("1.00 M", NumberText.count(999_500));
    assertEquals("3.40 G", NumberText.count(3_400_000_000L));
  }

  @Test
  void numbersKeepAboutThreeDigits() {
    assertEquals("0.000", NumberText.figure(0));
    assertEquals("-0.693", NumberText.figure(-0.6931));
    assertEquals("12.35", NumberText.figure(12.345678));
    assertEquals("123.5", NumberText.figure(123.456));
    assertEquals("12346", NumberText.figure(12_345.6));
    assertEquals("1.2e-05", NumberText.figure(1.2e-5));
    assertEquals("1.0e+06", NumberText.figure(1e6));
    assertEquals("NaN", NumberText.figure(Double.NaN));
  }
}
