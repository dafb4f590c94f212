package org.gantry.runs.modules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedMixtureTest {

  @Test
  void formattedMixturesAreParsedToTheSameModes() {
    String text =
        RecordedMixture.format(
            new RecordedMixture(List.of(new double[] {1, -0.1}, new double[] {2, 1e-9}), 0.05));
    assertEquals("0.05\n1.0 -0.1\n2.0 1.0E-9\n", text);
    RecordedMixture read = RecordedMixture.parse(text);
    assertEquals(0.05, read.standardDeviation());
    assertEquals(2, read.centres().size());
    assertArrayEquals(new double[] {2, 1e-9}, read.centres().get(1));
  }

  @Test
  void textsThatAreNotNumbersAreRefused() {
    for (String text : List.of("", "wide\n", "0.05\n1 \n")) {
      assertThrows(NumberFormatException.class, () -> RecordedMixture.parse(text), text);
    }
  }
}
