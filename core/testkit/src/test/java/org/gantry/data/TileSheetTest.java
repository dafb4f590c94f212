package org.gantry.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class TileSheetTest {

  private static final int TILE = 2;

  /** Three tiles a row and two rows; all pixels of tile t are 10 t red, 20 t green, 30 t blue. */
  private static InputStream sheet() throws IOException {
    BufferedImage picture = new BufferedImage(3 * TILE, 2 * TILE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 2 * TILE; y++) {
      for (int x = 0; x < 3 * TILE; x++) {
        int tile = y / TILE * 3 + x / TILE;
        picture.setRGB(x, y, ((10 * tile) << 16) | ((20 * tile) << 8) | (30 * tile));
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    return new ByteArrayInputStream(png.toByteArray());
  }

  @Test
  void tilesAreCountedRowByRow() throws IOException {
    TileSheet sheet = TileSheet.read(sheet(), TILE);
    ByteImages images = sheet.images(new int[] {4, 1}, 3);
    assertEquals(6, sheet.count());
    assertEquals(2, images.count());
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(40 * (channel + 1), images.value(0, channel, 1, 1));
      assertEquals(10 * (channel + 1), images.value(1, channel, 0, 1));
    }
  }

  @Test
  void oneChannelIsTheBlueOne() throws IOException {
    assertEquals(150, TileSheet.read(sheet(), TILE).images(new int[] {5}, 1).value(0, 0, 0, 0));
  }

  @Test
  void aPictureOfPartsOfTilesIsRefused() throws IOException {
    InputStream sheet = sheet();
    assertEquals(
        "expected tiles of 4 x 4 pixels, found a picture of 6 x 4",
        assertThrows(IOException.class, () -> TileSheet.read(sheet, 4)).getMessage());
  }

  @Test
  void aFileThatIsNotAPictureIsRefused() {
    InputStream text = new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "expected a picture in a format that Java reads, such as PNG",
        assertThrows(IOException.class, () -> TileSheet.read(text, TILE)).getMessage());
  }
}
