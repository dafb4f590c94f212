package org.gantry.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.component.UnusableComponentException;

/**
 * The lines of text at the start of a packed data set, {@code key value} each, up to an empty line.
 *
 * @param length the number of bytes up to the images
 * @param tableBytes the number of bytes of the lines after the images
 */
record PackedHeader(
    int count,
    int channels,
    int height,
    int width,
    List<String> classes,
    String origin,
    long tableBytes,
    long length) {

  static final String MAGIC = "gantry-data 1\n";

  /** A longer header is not one. */
  private static final int MOST_BYTES = 1 << 24;

  private static final double TOLERANCE = 0.01;

  private static final Pattern SAMPLE = Pattern.compile("(\\d{1,9}) (.*)");

  /** The class and the name of a sample. */
  record SampleName(int label, String name) {}

  static PackedHeader of(IndexedDataset data, DatasetField image, long tableBytes, String origin) {
    List<String> classes =
        data.field(DatasetField.LABEL).map(DatasetField::classNames).orElse(List.of());
    return new PackedHeader(
        data.size(),
        (int) image.shape().get(0),
        (int) image.shape().get(1),
        (int) image.shape().get(2),
        classes,
        origin,
        tableBytes,
        0);
  }

  static DatasetField imageField(IndexedDataset data) {
    DatasetField image =
        data.field(DatasetField.IMAGE)
            .filter(field -> field.shape().dimension() == 3)
            .orElseThrow(
                () -> new UnusableComponentException("the data set has no pictures to pack"));
    if (image.low() != -1 || image.high() != 1) {
      throw new UnusableComponentException(
          "the pictures have values from %s to %s; only pictures with values from -1 to 1 can be packed"
              .formatted(image.low(), image.high()));
    }
    return image;
  }

  static byte toByte(float value, String name) {
    double scaled = (value + 1) * 127.5;
    long rounded = Math.round(scaled);
    if (Math.abs(scaled - rounded) > TOLERANCE || rounded < 0 || rounded > 255) {
      throw new UnusableComponentException(
          "the picture %s has the value %s, which does not fit into 8 bits; such data cannot be packed"
              .formatted(name, value));
    }
    return (byte) rounded;
  }

  static List<SampleName> samplesOf(IndexedDataset data, List<String> names) {
    if (names.size() != data.size()) {
      throw new IllegalArgumentException(
          "expected %d names, one per sample, found %d".formatted(data.size(), names.size()));
    }
    FloatBuffer label = FloatBuffer.allocate(1);
    List<SampleName> samples = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      int index = i;
      data.field(DatasetField.LABEL).ifPresent(field -> data.read(index, field, label.clear()));
      samples.add(new SampleName((int) label.get(0), names.get(i)));
    }
    return samples;
  }

  static byte[] tableOf(List<SampleName> samples) {
    StringBuilder lines = new StringBuilder();
    for (SampleName sample : samples) {
      lines.append(sample.label()).append(' ').append(escape(sample.name())).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  byte[] text() {
    StringBuilder lines = new StringBuilder(MAGIC);
    lines.append("count ").append(count).append('\n');
    lines.append("channels ").append(channels).append('\n');
    lines.append("height ").append(height).append('\n');
    lines.append("width ").append(width).append('\n');
    lines.append("table-bytes ").append(tableBytes).append('\n');
    lines.append("origin ").append(escape(origin)).append('\n');
    classes.forEach(name -> lines.append("class ").append(escape(name)).append('\n'));
    return lines.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  static PackedHeader read(Path file) throws IOException {
    String text = readText(file);
    Map<String, String> values = new HashMap<>();
    List<String> classes = new ArrayList<>();
    for (String line : text.substring(MAGIC.length()).lines().toList()) {
      int space = line.indexOf(' ');
      String key = space < 0 ? line : line.substring(0, space);
      String value = space < 0 ? "" : unescape(line.substring(space + 1));
      if (key.equals("class")) {
        classes.add(value);
      } else {
        values.put(key, value);
      }
    }
    PackedHeader header =
        new PackedHeader(
            number(file, values, "count", Integer.MAX_VALUE),
            number(file, values, "channels", 4),
            number(file, values, "height", 1 << 14),
            number(file, values, "width", 1 << 14),
            classes,
            values.getOrDefault("origin", ""),
            number(file, values, "table-bytes", Integer.MAX_VALUE),
            text.getBytes(StandardCharsets.UTF_8).length);
    if (header.channels * (long) header.height * header.width > Integer.MAX_VALUE - 8) {
      throw damaged(file, "its pictures are too large");
    }
    return header;
  }

  private static String readText(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      byte[] magic = in.readNBytes(MAGIC.length());
      if (!new String(magic, StandardCharsets.US_ASCII).equals(MAGIC)) {
        throw new UnusableComponentException(
            file + " is not a packed data set; 'gantry data pack' writes one");
      }
      bytes.write(magic);
      int before = '\n';
      for (int next = in.read(); ; next = in.read()) {
        if (next < 0 || bytes.size() > MOST_BYTES) {
          throw damaged(file, "its header does not end");
        }
        bytes.write(next);
        if (next == '\n' && before == '\n') {
          return bytes.toString(StandardCharsets.UTF_8);
        }
        before = next;
      }
    }
  }

  private static int number(Path file, Map<String, String> values, String key, int most) {
    String text = values.getOrDefault(key, "");
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    throw damaged(file, "its header has '%s %s'".formatted(key, text));
  }

  int bytesPerImage() {
    return channels * height * width;
  }

  long imageBytes() {
    return count * (long) bytesPerImage();
  }

  /** Reads the lines after the images. */
  List<SampleName> samples(Path file, ByteBuffer table) {
    List<String> lines = StandardCharsets.UTF_8.decode(table).toString().lines().toList();
    if (lines.size() != count) {
      throw damaged(file, "it names %,d samples of %,d".formatted(lines.size(), count));
    }
    List<SampleName> samples = new ArrayList<>(count);
    for (String line : lines) {
      Matcher sample = SAMPLE.matcher(line);
      if (!sample.matches() || Integer.parseInt(sample.group(1)) >= Math.max(1, classes.size())) {
        throw damaged(file, "it has the sample '" + line + "'");
      }
      samples.add(new SampleName(Integer.parseInt(sample.group(1)), unescape(sample.group(2))));
    }
    return List.copyOf(samples);
  }

  private static UnusableComponentException damaged(Path file, String what) {
    return new UnusableComponentException(
        file + " is not a complete packed data set: " + what + "; pack it again");
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        char next = text.charAt(i);
        plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
