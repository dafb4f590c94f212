package org.gantry.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonObjectReaderTest {

  @Test
  void allKindsOfValuesAreRead() {
    assertEquals(
        Arrays.asList("a\u00e9\"", 3L, -0.5, 1e300, true, false, null, List.of(1L)),
        JsonObjectReader.read("{\"v\": [\"a\\u00e9\\\"\", 3, -0.5, 1e300, true, false, null, [1]]}")
            .get("v"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]             | is not valid JSON: expected '{' at position 0",
        "{} {}          | is not valid JSON: expected nothing more at position 3",
        "{\"a\": nil}    | is not valid JSON: expected a value at position 6",
        "{\"a\": .5}     | is not valid JSON: expected a value at position 6",
        "{\"a\": 1 2}    | is not valid JSON: expected ',' at position 8",
        "{\"a\": [[[[]]]]} | is nested too deep",
        "{\"a\": 1, \"a\": 2} | has a twice"
      })
  void otherTextIsRefusedWithTheReason(String text, String reason) {
    assertEquals(
        reason,
        assertThrows(IllegalArgumentException.class, () -> JsonObjectReader.read(text))
            .getMessage());
  }
}
