package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void everyKindOfValueHasItsForm() throws Exception {
    Map<String, Object> value =
        JsonText.object(
            "text", "\"C:\\x\"\b\t\n\f\r\u0001\u001f\u00e4\u20ac/",
            "numbers", Arrays.asList(1, -2L, 0.5, 1e-9, 1e22, -0.0, 0.25f, null),
            "floats", new float[] {0.25f, -2},
            "booleans", List.of(true, false),
            "empty", List.of(List.of(), Map.of()),
            "objects", List.of(JsonText.object("a", 1), JsonText.object("b", List.of(2))));
    String text = JsonText.of(value);
    ObjectMapper jackson = new ObjectMapper();
    assertEquals(jackson.writerWithDefaultPrettyPrinter().writeValueAsString(value), text);
    assertEquals(value.get("text"), jackson.readTree(text).get("text").asText());
  }

  @Test
  void membersAreInOrderAndIndented() {
    assertEquals(
        """
        {
          "b" : [ 1, {
            "c" : "x"
          } ],
          "a" : { }
        }\
        """,
        JsonText.of(JsonText.object("b", List.of(1, JsonText.object("c", "x")), "a", Map.of())));
  }

  @Test
  void whatJsonLacksBecomesAString() {
    assertEquals(
        "[ \"NaN\", \"Infinity\", \"-Infinity\", \"a/b\", \"c\", null ]",
        JsonText.of(
            List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Path.of("a/b"),
                Optional.of("c"),
                Optional.empty())));
  }
}
