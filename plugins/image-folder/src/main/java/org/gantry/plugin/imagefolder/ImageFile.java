package org.gantry.plugin.imagefolder;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.gantry.component.UnusableComponentException;

/** A picture's file. */
record ImageFile(Path file) {

  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

  /** How colours become channels. */
  enum ColorMode {
    RGB(3),
    GREY(1);

    private final int count;

    ColorMode(int count) {
      this.count = count;
    }

    int count() {
      return count;
    }
  }

  /** Whether a file's name is that of a picture. Hidden files are none. */
  static boolean hasImageName(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".")
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * Reads the head of the file only.
   *
   * @throws UnusableComponentException naming the file, if it is no picture
   */
  void requireImage() {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers =
          stream == null ? Set.<ImageReader>of().iterator() : ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw unreadable("its content is none of PNG, JPEG, BMP and GIF");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        reader.getWidth(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw e instanceof UnusableComponentException misfit ? misfit : unreadable(e.getMessage());
    }
  }

  /**
   * Decodes the file, cuts the largest square from the middle, and scales it: down by the mean of
   * the pixels under each new one, up by bicubic interpolation. What is transparent becomes white.
   *
   * @return unsigned bytes in the order (channel, row, column); grey is 0.299 red + 0.587 green +
   *     0.114 blue
   * @throws UnusableComponentException naming the file, if it cannot be decoded
   */
  byte[] read(int size, ColorMode channels) {
    BufferedImage square = scale(centreSquare(decode()), size);
    int[] pixels = square.getRGB(0, 0, size, size, null, 0, size);
    byte[] values = new byte[channels.count() * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int red = pixels[i] >> 16 & 0xFF;
      int green = pixels[i] >> 8 & 0xFF;
      int blue = pixels[i] & 0xFF;
      if (channels == ColorMode.GREY) {
        values[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
      } else {
        values[i] = (byte) red;
        values[pixels.length + i] = (byte) green;
        values[2 * pixels.length + i] = (byte) blue;
      }
    }
    return values;
  }

  /**
   * Decodes the file as it is.
   *
   * @throws UnusableComponentException naming the file, if that cannot be done
   */
  BufferedImage decode() {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw unreadable("its content is none of PNG, JPEG, BMP and GIF");
      }
      return image;
    } catch (IOException | RuntimeException e) {
      throw e instanceof UnusableComponentException misfit ? misfit : unreadable(e.getMessage());
    }
  }

  private static BufferedImage centreSquare(BufferedImage image) {
    int side = Math.min(image.getWidth(), image.getHeight());
    int left = (image.getWidth() - side) / 2;
    int top = (image.getHeight() - side) / 2;
    BufferedImage opaque = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      // Java takes grey for linear light and would brighten it; the stored values are meant.
      int[] greys = image.getRaster().getSamples(left, top, side, side, 0, (int[]) null);
      Arrays.setAll(greys, i -> greys[i] * 0x010101);
      opaque.setRGB(0, 0, side, side, greys, 0, side);
      return opaque;
    }
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(image, -left, -top, Color.WHITE, null);
    graphics.dispose();
    return opaque;
  }

  private static BufferedImage scale(BufferedImage square, int size) {
    if (square.getWidth() == size) {
      return square;
    }
    BufferedImage scaled = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    if (square.getWidth() > size) {
      graphics.drawImage(
          square.getScaledInstance(size, size, Image.SCALE_AREA_AVERAGING), 0, 0, null);
    } else {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(square, 0, 0, size, size, null);
    }
    graphics.dispose();
    return scaled;
  }

  private UnusableComponentException unreadable(String why) {
    return new UnusableComponentException(
        file + " cannot be read as a picture: " + why + "; repair or remove it");
  }
}
