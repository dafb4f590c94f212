package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantitiesTest {

  @Test
  void timesAreRoundedToWhatMatters() {
    assertEquals("0 s", Quantities.duration(0.4));
    assertEquals("59 s", Quantities.duration(59.4));
    assertEquals("1 min 00 s", Quantities.duration(59.6));
    assertEquals("3 min 20 s", Quantities.duration(200));
    assertEquals("2 h 05 min", Quantities.duration(2 * 3600 + 5 * 60 + 59));
  }

  @Test
  void countsHaveThreeDigitsAndAPrefix() {
    assertEquals("0", Quantities.count(0));
    assertEquals("950", Quantities.count(950));
    assertEquals("1.00 k", Quantities.count(1000));
    assertEquals("12.3 k", Quantities.count(12_345));
    assertEquals("999 k", Quantities.count(999_499));
    assertEquals("1.00 M", Quantities.count(999_500));
    assertEquals("3.40 G", Quantities.count(3_400_000_000L));
  }

  @Test
  void figuresKeepAboutThreeDigits() {
    assertEquals("0.000", Quantities.figure(0));
    assertEquals("-0.693", Quantities.figure(-0.6931));
    assertEquals("12.35", Quantities.figure(12.345678));
    assertEquals("123.5", Quantities.figure(123.456));
    assertEquals("12346", Quantities.figure(12_345.6));
    assertEquals("1.2e-05", Quantities.figure(1.2e-5));
    assertEquals("1.0e+06", Quantities.figure(1e6));
    assertEquals("NaN", Quantities.figure(Double.NaN));
  }
}
