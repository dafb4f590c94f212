package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Safetensors files are read as written, and refused unless their arrays fill them exactly. */
class SafetensorsFileTest {

  private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @TempDir Path folder;

  private SafetensorsFile file(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(text.length).put(text);
    return new SafetensorsFile(Files.write(folder.resolve("x.safetensors"), content.array()));
  }

  private static String failure(SafetensorsFile file) {
    try (NDManager manager = NDManager.newBaseManager()) {
      String message =
          assertThrows(IOException.class, () -> file.read(manager).size()).getMessage();
      String begin = file.path() + " is corrupt: ";
      assertTrue(message.startsWith(begin), message);
      return message.substring(begin.length());
    }
  }

  @Test
  void writtenArraysAreReadByTheirNames() throws IOException {
    SafetensorsFile file = new SafetensorsFile(folder.resolve("x.safetensors"));
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      arrays.put("a \"weight\"", manager.create(new float[] {1, 2}));
      arrays.put("b", manager.create(new double[] {3}));
      file.write(arrays);

      Map<String, NDArray> found = file.read(manager);
      assertEquals(arrays.keySet(), found.keySet());
      assertArrayEquals(new float[] {1, 2}, found.get("a \"weight\"").toFloatArray());
      assertArrayEquals(new double[] {3}, found.get("b").toDoubleArray());
    }
  }

  @Test
  void metadataAndSpacesAreAllowed() throws IOException {
    SafetensorsFile file = file("{\"__metadata__\":{\"format\":\"p\\u0074\"}, " + A + " }    ", 8);
    try (NDManager manager = NDManager.newBaseManager()) {
      assertEquals(List.of("a"), List.copyOf(file.read(manager).keySet()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4, 12 | 12 | the array b begins at 4, but the array a ends at 8: its data overlap",
        "0, 8  | 8  | the array b begins at 0, but the array a ends at 8: its data overlap",
        "12, 20| 20 | the array b begins at 12, but the array a ends at 8: its data leave a hole",
        "8, 16 | 20 | its arrays need 16 bytes, and it has 20",
        "8, 16 | 12 | its arrays need 16 bytes, and it has 12",
        "8, 12 | 12 | the array b of type F32 and shape [2] lies at 8 to 12, which is not its size",
        "16, 8 | 16 | the array b of type F32 and shape [2] lies at 16 to 8, which is not its size",
        "8     | 16 | the array b should have 2 data_offsets, not 1",
        "-8, 0 | 16 | the data_offsets of the array b are not numbers of 0 or more"
      })
  void arraysMustFillTheFileWithoutOverlapAndHoles(String offsets, int dataBytes, String reason)
      throws IOException {
    String b = ",\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%s]}".formatted(offsets);
    assertEquals(reason, failure(file("{" + A + b + "}", dataBytes)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "F32   | 4294967296, 4294967296 | the array a of shape [4294967296, 4294967296] is too large",
        "F31   | 2                      | the array a has the unknown type F31",
        "F32   | 1.5 | the shape of the array a are not numbers of 0 or more",
        "F32   | \"2\" | the shape of the array a are not numbers of 0 or more"
      })
  void typesAndShapesMustBeValid(String type, String shape, String reason) throws IOException {
    String a = "{\"a\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[0,8]}}";
    assertEquals(reason, failure(file(a.formatted(type, shape), 8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]   | its header is not valid JSON: expected '{' at position 0",
        "{,   | its header is not valid JSON: expected '\"' at position 1",
        "{} x | its header is not valid JSON: expected nothing more at position 3",
        "{\"a\":{\"b\":[[[[1]]]]}} | its header is nested too deep",
        "{\"a\":1} | the array a has the unknown type null"
      })
  void headersMustBeValid(String header, String reason) throws IOException {
    assertEquals(reason, failure(file(header, 0)));
  }

  @Test
  void arraysOfOneNameAreRefused() throws IOException {
    assertEquals("its header has a twice", failure(file("{" + A + "," + A + "}", 8)));
  }

  @Test
  void headerMustFitIntoTheFile() throws IOException {
    Path path = folder.resolve("x.safetensors");
    Files.write(path, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'});
    assertEquals(
        "its header should have 18446744073709551615 bytes, and the file has 10",
        failure(new SafetensorsFile(path)));
    Files.write(path, new byte[3]);
    assertEquals(
        "it has 3 bytes, and its header alone needs more", failure(new SafetensorsFile(path)));
  }

  @Test
  void missingFileIsNamed() {
    SafetensorsFile file = new SafetensorsFile(folder.resolve("none.safetensors"));
    try (NDManager manager = NDManager.newBaseManager()) {
      assertEquals(
          file.path() + " is missing",
          assertThrows(IOException.class, () -> file.read(manager).size()).getMessage());
    }
  }
}
