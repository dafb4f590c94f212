package org.gantry.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.data.JsonObjectReader;

/**
 * The header of a safetensors file: the name, type, shape and place of every array. The engine
 * believes what a header says, so it is checked before.
 *
 * @param entries the arrays, in the order of their data
 */
record SafetensorsHeader(List<ArrayEntry> entries) {

  private static final int LENGTH_BYTES = Long.BYTES;

  /** The limit of the format's reference implementation. */
  private static final long MOST_HEADER_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";

  private static final Map<String, Integer> TYPE_BYTES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry("F32", 4),
          Map.entry("I64", 8),
          Map.entry("U64", 8),
          Map.entry("F64", 8));

  SafetensorsHeader {
    entries = List.copyOf(entries);
  }

  /**
   * An array.
   *
   * @param begin the position of its first byte after the header
   * @param end the position after its last byte
   */
  record ArrayEntry(String name, long begin, long end) {}

  /** The names of the arrays. */
  List<String> names() {
    return entries.stream().map(ArrayEntry::name).toList();
  }

  /**
   * Reads and checks the header of a file.
   *
   * @throws IllegalArgumentException if the file is not valid, with the reason
   */
  static SafetensorsHeader of(byte[] file) {
    if (file.length < LENGTH_BYTES) {
      throw invalid("it has %d bytes, and its header alone needs more", file.length);
    }
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > Math.min(MOST_HEADER_BYTES, file.length - LENGTH_BYTES)) {
      throw invalid(
          "its header should have %s bytes, and the file has %d",
          Long.toUnsignedString(length), file.length);
    }
    List<ArrayEntry> entries = new ArrayList<>();
    members(text(file, (int) length))
        .forEach(
            (name, fields) -> {
              if (!name.equals(METADATA)) {
                entries.add(entry(name, fields));
              }
            });
    entries.sort(Comparator.comparingLong(ArrayEntry::begin).thenComparingLong(ArrayEntry::end));
    requireFilled(entries, file.length - LENGTH_BYTES - length);
    return new SafetensorsHeader(entries);
  }

  private static String text(byte[] file, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(file, LENGTH_BYTES, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("its header is not text", e);
    }
  }

  private static Map<String, Object> members(String header) {
    try {
      return JsonObjectReader.read(header);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its header " + e.getMessage(), e);
    }
  }

  private static ArrayEntry entry(String name, Object value) {
    Map<String, Object> fields = new HashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, field) -> fields.put((String) key, field));
    }
    Object type = fields.get("dtype");
    if (!(type instanceof String text) || !TYPE_BYTES.containsKey(text)) {
      throw invalid("the array %s has the unknown type %s", name, type);
    }
    List<Long> shape = numbers(name, "shape", fields.get("shape"));
    List<Long> offsets = numbers(name, "data_offsets", fields.get("data_offsets"));
    if (offsets.size() != 2) {
      throw invalid("the array %s should have 2 data_offsets, not %d", name, offsets.size());
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (end - begin != bytes(name, shape, TYPE_BYTES.get(text))) {
      throw invalid(
          "the array %s of type %s and shape %s lies at %d to %d, which is not its size",
          name, text, shape, begin, end);
    }
    return new ArrayEntry(name, begin, end);
  }

  private static List<Long> numbers(String name, String field, Object value) {
    if (!(value instanceof List<?> list)) {
      throw invalid("the array %s has no %s", name, field);
    }
    List<Long> numbers = new ArrayList<>();
    for (Object number : list) {
      if (!(number instanceof Long whole) || whole < 0) {
        throw invalid("the %s of the array %s are not numbers of 0 or more", field, name);
      }
      numbers.add(whole);
    }
    return numbers;
  }

  private static long bytes(String name, List<Long> shape, int typeBytes) {
    try {
      long bytes = typeBytes;
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "the array %s of shape %s is too large".formatted(name, shape), e);
    }
  }

  private static void requireFilled(List<ArrayEntry> entries, long dataBytes) {
    long filled = 0;
    String before = "the header";
    for (ArrayEntry entry : entries) {
      if (entry.begin() != filled) {
        throw invalid(
            "the array %s begins at %d, but %s ends at %d: its data %s",
            entry.name(),
            entry.begin(),
            before,
            filled,
            entry.begin() < filled ? "overlap" : "leave a hole");
      }
      filled = entry.end();
      before = "the array " + entry.name();
    }
    if (filled != dataBytes) {
      throw invalid("its arrays need %d bytes, and it has %d", filled, dataBytes);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static IllegalArgumentException invalid(String reason, Object... values) {
    return new IllegalArgumentException(reason.formatted(values));
  }
}
