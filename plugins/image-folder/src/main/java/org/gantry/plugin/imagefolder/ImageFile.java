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

/** The file of an image. */
record ImageFile(Path file) {

  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

  /** The channels of a decoded image. */
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

  /** Whether a file name has the ending of an image. Hidden files do not count. */
  static boolean hasImageName(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".")
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * Reads the header of the file.
   *
   * @throws UnusableComponentException if the file is not an image; the message names it
   */
  void requireImage() {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers =
          stream == null ? Set.<ImageReader>of().iterator() : ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw unreadable("it is not a PNG, JPEG, BMP or GIF file");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        reader.getWidth(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw e instanceof UnusableComponentException unusable
          ? unusable
          : unreadable(e.getMessage());
    }
  }

  /**
   * Decodes the file, crops the largest centred square, and scales it. Downscaling takes the mean
   * of the source pixels; upscaling is bicubic. Transparent pixels become white.
   *
   * @return unsigned bytes in the order (channel, row, column); grey is 0.299 red + 0.587 green +
   *     0.114 blue
   * @throws UnusableComponentException if the file cannot be decoded; the message names it
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
   * Decodes the file.
   *
   * @throws UnusableComponentException if that fails; the message names the file
   */
  BufferedImage decode() {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw unreadable("it is not a PNG, JPEG, BMP or GIF file");
      }
      return image;
    } catch (IOException | RuntimeException e) {
      throw e instanceof UnusableComponentException unusable
          ? unusable
          : unreadable(e.getMessage());
    }
  }

  private static BufferedImage centreSquare(BufferedImage image) {
    int side = Math.min(image.getWidth(), image.getHeight());
    int left = (image.getWidth() - side) / 2;
    int top = (image.getHeight() - side) / 2;
    BufferedImage opaque = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      // Java would treat grey as linear light and brighten it, so the stored values are copied.
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
        file + " cannot be read as an image: " + why + "; repair or remove it");
  }
}
