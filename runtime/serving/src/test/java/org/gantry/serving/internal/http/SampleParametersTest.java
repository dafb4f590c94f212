package org.gantry.serving.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SampleParametersTest {

  private static SampleParameters json(String text) {
    return SampleParameters.ofJson(text.getBytes(StandardCharsets.UTF_8), 10);
  }

  private static void assertRefused(String json, String message, String fix) {
    RefusalException refusal = assertThrows(RefusalException.class, () -> json(json));
    assertEquals(400, refusal.status());
    assertEquals(message, refusal.getMessage());
    assertTrue(refusal.fix().startsWith(fix), refusal.fix());
  }

  @Test
  void addressAndBodyStateTheSame() {
    SampleParameters expected =
        new SampleParameters(
            4, OptionalLong.of(-7), "sample", false, Map.of("label", "3,5", "text", "a=b"));

    assertEquals(
        expected,
        SampleParameters.ofQuery(
            Map.of(
                "count", List.of("4"),
                "seed", List.of("-7"),
                "use", List.of("sample"),
                "format", List.of("JSON"),
                "given", List.of("label=3,5", "text=a=b")),
            10));
    assertEquals(
        expected,
        json(
            """
            {"count": 4, "seed": -7, "use": "sample", "format": "json",
             "given": {"label": [3, 5], "text": "a=b"}}
            """));
  }

  @Test
  void nothingStatedIsOnePictureOfOneSample() {
    SampleParameters usual = new SampleParameters(1, OptionalLong.empty(), "", true, Map.of());

    assertEquals(usual, json(""));
    assertEquals(usual, json("{}"));
    assertEquals(usual, SampleParameters.ofQuery(Map.of(), 10));
  }

  @Test
  void wrongValuesAreRefusedWithWhatIsExpected() {
    assertRefused("{\"count\": 11}", "count 11: expected a number from 1 to 10", "Ask for more");
    assertRefused("{\"count\": 0}", "count 0: expected a number from 1 to 10", "");
    assertRefused("{\"count\": -1}", "count -1: expected a number from 1 to 10", "");
    assertRefused("{\"count\": 1e9}", "count 1.0E9: expected a number from 1 to 10", "");
    assertRefused("{\"count\": null}", "count: expected a text, a number or a list of them", "");
    assertRefused("{\"seed\": 0.5}", "seed 0.5: expected a whole number", "");
    assertRefused("{\"format\": \"gif\"}", "format gif: expected png or json", "");
    assertRefused("{\"sed\": 1}", "sed is not a parameter", "Did you mean 'seed'?");
    assertRefused("{\"given\": 7}", "given: expected an object", "For example");
    assertRefused("[1]", "the body: expected an object", "For example");
    assertRefused("{\"count\"", "the body: it is not JSON from line 1, column 9 on", "");
  }

  @Test
  void givenInAnAddressNeedsANameAndAppearsOnce() {
    for (List<String> given : List.of(List.of("7"), List.of("=7"), List.of("a=1", "a=2"))) {
      assertThrows(
          RefusalException.class,
          () -> SampleParameters.ofQuery(Map.of("given", given), 10),
          given.toString());
    }
  }
}
