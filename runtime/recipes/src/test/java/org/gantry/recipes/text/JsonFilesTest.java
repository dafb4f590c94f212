package org.gantry.recipes.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFilesTest {

  @TempDir Path folder;

  @Test
  void numbersThatJsonLacksAreStringsAndCanBeReadBack() throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("a", Double.NaN);
    values.put("b", Double.POSITIVE_INFINITY);
    values.put("c", Double.NEGATIVE_INFINITY);

    String line = JsonFiles.line(JsonFiles.numbers(values));

    assertEquals("{\"a\":\"NaN\",\"b\":\"Infinity\",\"c\":\"-Infinity\"}", line);
    JsonNode read = JsonFiles.parse(line.getBytes(StandardCharsets.UTF_8));
    values.forEach((name, value) -> assertEquals(value, JsonFiles.number(read.get(name))));
  }

  @Test
  void linesThatAreNotObjectsAreSkipped() throws IOException {
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"a\":1}\n7\n\n{\"a\":2}\n{\"a\":");

    assertEquals(
        List.of(1, 2), JsonFiles.lines(file).stream().map(l -> l.get("a").asInt()).toList());
  }

  @Test
  void aMistakeIsReportedWithItsPlaceOrItsFile() throws IOException {
    byte[] text = "{\n  \"a\" : oops}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "it is not JSON from line 2, column 9 on",
        assertThrows(IOException.class, () -> JsonFiles.parse(text)).getMessage());

    Path file = Files.write(folder.resolve("a.json"), text);
    String message = assertThrows(IOException.class, () -> JsonFiles.read(file)).getMessage();
    assertTrue(message.startsWith(file + " is not JSON: "), message);
  }

  @Test
  void aRequiredFieldThatIsMissingIsNamed() throws IOException {
    Path file = Files.write(folder.resolve("a.json"), JsonFiles.file(JsonFiles.object()));
    assertEquals(
        file + " has no field 'step'",
        assertThrows(
                IOException.class, () -> JsonFiles.required(JsonFiles.read(file), "step", file))
            .getMessage());
  }
}
