package org.gantry.runs.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.charts.PngEncoder;
import org.gantry.charts.PngText;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Reads event files with the generated classes of TensorFlow and an independent checksum. */
class EventFileTest {

  @TempDir Path directory;

  @Test
  void everyValueOfEveryStepIsWritten() throws Exception {
    RunFolder folder = new RunFolder(directory);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("generator/adversarial", 0.1);
    values.put("discriminator/größe", -1e30);
    try (MetricHistory history =
        MetricHistory.open(folder, Instant.ofEpochMilli(1_700_000_000_500L))) {
      history.add(1, 0.25, values);
      values.put("generator/adversarial", Double.NaN);
      history.add(3_000_000_000L, 7, values);
    }

    List<Event> events = events(folder.events());

    assertEquals(3, events.size());
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    assertEquals(1_700_000_000.5, events.get(0).getWallTime());
    assertEquals(1L, events.get(1).getStep());
    assertEquals(1_700_000_000.75, events.get(1).getWallTime());
    assertEquals(
        Map.of("generator/adversarial", 0.1f, "discriminator/größe", -1e30f),
        scalars(events.get(1)));
    assertEquals(3_000_000_000L, events.get(2).getStep());
    assertEquals(Float.NaN, scalars(events.get(2)).get("generator/adversarial"));
    assertTrue(events.stream().allMatch(e -> e.getUnknownFields().asMap().isEmpty()));
  }

  @Test
  void picturesStandNextToTheValuesOfTheirSteps() throws Exception {
    RunFolder folder = new RunFolder(directory);
    try (MetricHistory history = MetricHistory.open(folder, Instant.EPOCH)) {
      history.add(10, 3, Map.of("a", 1.0));
      history.addPicture(20, picture(folder, 20));
      history.add(30, 5, Map.of("a", 2.0));
    }
    byte[] once = Files.readAllBytes(folder.events());

    List<Event> events = events(folder.events());
    assertEquals(List.of(0L, 10L, 20L, 30L), events.stream().map(Event::getStep).toList());
    assertEquals(3.0, events.get(2).getWallTime());
    Summary.Value value = events.get(2).getSummary().getValue(0);
    assertEquals("samples", value.getTag());
    assertEquals("averaged weights", value.getMetadata().getSummaryDescription());
    assertEquals(5, value.getImage().getWidth());
    assertEquals(4, value.getImage().getHeight());
    assertEquals(3, value.getImage().getColorspace());
    assertArrayEquals(
        Files.readAllBytes(folder.samples().resolve("step-000020.png")),
        value.getImage().getEncodedImageString().toByteArray());
    assertTrue(events.stream().allMatch(e -> e.getUnknownFields().asMap().isEmpty()));

    MetricHistory.open(folder, Instant.EPOCH).close();
    assertArrayEquals(once, Files.readAllBytes(folder.events()), "written again from the files");
  }

  @Test
  void aLinkIsNotAPictureOfTheRun() throws Exception {
    RunFolder folder = new RunFolder(directory);
    Path notes = Files.writeString(directory.resolve("notes"), "not a picture of this run");
    Files.createDirectories(folder.samples());
    Files.createSymbolicLink(folder.samples().resolve("step-000007.png"), notes);

    MetricHistory.open(folder, Instant.EPOCH).close();

    assertEquals(1, events(folder.events()).size());
  }

  private static Path picture(RunFolder folder, int step) throws IOException {
    Path file = folder.samples().resolve("step-%06d.png".formatted(step));
    Files.createDirectories(file.getParent());
    byte[] png = PngEncoder.encode(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB));
    return Files.write(file, PngText.with(png, "averaged weights"));
  }

  /** The process is killed in the middle of a record. */
  @Test
  void aHistoryThatIsCutAndContinuedEqualsAnUninterruptedOne() throws Exception {
    RunFolder folder = new RunFolder(directory.resolve("cut"));
    RunFolder whole = new RunFolder(directory.resolve("whole"));
    for (RunFolder each : List.of(folder, whole)) {
      Files.createDirectory(each.path());
      try (MetricHistory history = MetricHistory.open(each, Instant.EPOCH)) {
        for (int step = 1; step <= 5; step++) {
          history.add(step, step, Map.of("a", (double) step));
        }
      }
    }
    byte[] content = Files.readAllBytes(folder.events());
    Files.write(folder.events(), Arrays.copyOf(content, content.length - 5));

    double seconds = MetricHistory.cut(folder.metrics(), 3);
    try (MetricHistory history = MetricHistory.open(folder, Instant.EPOCH)) {
      history.add(4, 4, Map.of("a", 4.0));
      history.add(5, 5, Map.of("a", 5.0));
    }

    assertEquals(3, seconds);
    assertEquals(-1, Files.mismatch(whole.metrics(), folder.metrics()));
    assertEquals(-1, Files.mismatch(whole.events(), folder.events()));
  }

  @Test
  void aLineOfMetricsKeepsTheOrderOfItsValues() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("generator/adversarial", 0.5);
    values.put("discriminator/adversarial", -1e-9);

    assertEquals(
        "{\"step\":10,\"seconds\":1.235,\"values\":"
            + "{\"generator/adversarial\":0.5,\"discriminator/adversarial\":-1.0E-9}}",
        JsonFiles.line(MetricHistory.toJson(10, 1.23456, values)));
  }

  @Test
  void theChecksumMatchesTheStandard() {
    // The check value of CRC-32C, as RFC 3720 defines it.
    assertEquals(0xE3069283, crc32c("123456789".getBytes(StandardCharsets.US_ASCII)));
  }

  private static Map<String, Float> scalars(Event event) {
    Map<String, Float> scalars = new LinkedHashMap<>();
    for (Summary.Value value : event.getSummary().getValueList()) {
      scalars.put(value.getTag(), value.getSimpleValue());
    }
    return scalars;
  }

  private static List<Event> events(Path file) throws Exception {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (content.hasRemaining()) {
      byte[] length = new byte[8];
      content.get(length);
      assertEquals(masked(length), content.getInt());
      byte[] message =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      content.get(message);
      assertEquals(masked(message), content.getInt());
      events.add(Event.parseFrom(message));
    }
    return events;
  }

  private static int masked(byte[] content) {
    int sum = crc32c(content);
    return ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
  }

  private static int crc32c(byte[] content) {
    int sum = ~0;
    for (byte b : content) {
      sum ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ 0x82F63B78;
      }
    }
    return ~sum;
  }
}
