package org.gantry.charts;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes images as PNG in memory, without temporary files. */
public final class PngEncoder {

  private PngEncoder() {}

  /**
   * Returns an image as the bytes of a PNG file.
   *
   * @throws IOException if this Java has no PNG writer
   */
  public static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this Java cannot write PNG files");
      }
    }
    return bytes.toByteArray();
  }
}
