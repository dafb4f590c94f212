package org.gantry.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngStreamTest {

  private static final int[][] COLOURS = {{0x102030, 0xFFFFFF}, {0x102030, 0xFFFFFF}, {0, 0xFF}};
  private static final int[][] GREYS = {{0x808080, 0xFFFFFF}, {0x808080, 0xFFFFFF}, {0, 0x010101}};

  @Test
  void picturesAreReadBackWithTheSameColours() throws IOException {
    ByteArrayOutputStream colour = new ByteArrayOutputStream();
    try (PngStream png = new PngStream(colour, 2, 3, "words")) {
      write(COLOURS, png);
    }
    ByteArrayOutputStream grey = new ByteArrayOutputStream();
    try (PngStream png = PngStream.grey(grey, 2, 3, "words")) {
      write(GREYS, png);
    }

    assertColours(COLOURS, colour.toByteArray());
    assertColours(GREYS, grey.toByteArray());
    assertEquals(Optional.of("words"), PngText.read(grey.toByteArray()));
  }

  @Test
  void greysNeedLessSpace() throws IOException {
    ByteArrayOutputStream colour = new ByteArrayOutputStream();
    ByteArrayOutputStream grey = new ByteArrayOutputStream();
    try (PngStream inColour = new PngStream(colour, 500, 500, "");
        PngStream inGrey = PngStream.grey(grey, 500, 500, "")) {
      for (int y = 0; y < 500; y++) {
        int[] row = new int[500];
        for (int x = 0; x < row.length; x++) {
          row[x] = 0x010101 * ((x * x + 7 * y * x + y) % 256);
        }
        inColour.row(row);
        inGrey.row(row);
      }
      inColour.finish();
      inGrey.finish();
    }
    assertTrue(grey.size() < colour.size(), grey.size() + " and " + colour.size());
  }

  @Test
  void incompletePicturesAreRefused() throws IOException {
    try (PngStream png = PngStream.grey(new ByteArrayOutputStream(), 2, 3, "")) {
      png.row(GREYS[0]);
      assertEquals(
          "2 rows of the picture are missing",
          assertThrows(IllegalStateException.class, png::finish).getMessage());
    }
  }

  private static void write(int[][] rows, PngStream png) throws IOException {
    for (int[] row : rows) {
      png.row(row);
    }
    png.finish();
  }

  private static void assertColours(int[][] rows, byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length; x++) {
        assertEquals(rows[y][x], image.getRGB(x, y) & 0xFFFFFF, x + ", " + y);
      }
    }
  }
}
