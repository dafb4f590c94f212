package org.gantry.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTextTest {

  @Test
  void aPictureWithATextIsTheSamePicture() throws IOException {
    byte[] png = PngText.with(picture(), "averaged weights, ü");

    assertEquals(Optional.of("averaged weights, ü"), PngText.read(png));
    assertEquals(3, ImageIO.read(new ByteArrayInputStream(png)).getWidth());
  }

  @Test
  void aPictureWithoutATextHasNone() throws IOException {
    assertEquals(Optional.empty(), PngText.read(picture()));
  }

  @Test
  void aPictureThatIsCutShortHasNoText() throws IOException {
    byte[] png = PngText.with(picture(), "averaged weights");
    for (int length : new int[] {0, 8, 20, 40, 60}) {
      assertEquals(Optional.empty(), PngText.read(Arrays.copyOf(png, length)));
    }
  }

  private static byte[] picture() throws IOException {
    return PngEncoder.encode(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB));
  }
}
