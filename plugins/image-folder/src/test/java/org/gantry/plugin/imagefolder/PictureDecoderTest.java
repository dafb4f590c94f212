package org.gantry.plugin.imagefolder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every picture of a folder of resources shows the same, in another format or stored another way.
 */
final class PictureDecoderTest {

  /** Red, green, blue and grey, at the top left, top right, bottom left and bottom right. */
  private static final int[] COLOURS = {0xC81E1E, 0x1EC81E, 0x1E1EC8, 0x808080};

  private static final int[] GREYS = {0x202020, 0x606060, 0xA0A0A0, 0xE0E0E0};

  private static byte[] file(String name) throws IOException {
    try (InputStream in = PictureDecoderTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static void assertQuadrants(int[] expected, RgbPicture picture, int tolerance) {
    for (int i = 0; i < 4; i++) {
      int x = picture.width() / 4 + i % 2 * picture.width() / 2;
      int y = picture.height() / 4 + i / 2 * picture.height() / 2;
      assertColour(expected[i], picture.pixels()[y * picture.width() + x], tolerance);
    }
  }

  private static void assertColour(int expected, int found, int tolerance) {
    for (int shift = 0; shift <= 16; shift += 8) {
      int difference = (expected >> shift & 0xFF) - (found >> shift & 0xFF);
      assertTrue(
          Math.abs(difference) <= tolerance,
          () -> "expected %06x, found %06x".formatted(expected, found));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orientation-1.png", "orientation-2.png", "orientation-3.png", "orientation-4.png",
        "orientation-5.png", "orientation-6.png", "orientation-7.png", "orientation-8.png",
        "orientation-1.jpg", "orientation-5.jpg", "orientation-7.jpg", "orientation-8.jpg",
        "camera-3.jpg", "camera-6.jpg", "orientation-5.tiff", "orientation-6.tiff",
        "orientation-5.webp", "orientation-6.webp"
      })
  void everyOrientationIsTurnedUpright(String name) throws IOException {
    RgbPicture view = PictureDecoder.decode(file("orientation/" + name));
    assertEquals("64 x 48", view.width() + " x " + view.height());
    assertColour(0xDC1414, view.pixels()[8 * 64 + 8], 12);
    assertColour(0xE6E6E6, view.pixels()[8 * 64 + 40], 12);
    assertColour(0x147814, view.pixels()[40 * 64 + 8], 12);
    assertColour(0x1414C8, view.pixels()[20 * 64 + 60], 12);
  }

  @Test
  void anUnknownOrientationMeansUpright() throws IOException {
    byte[] jpeg = file("orientation/orientation-8.jpg");
    int tag = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("Exif") + 6;
    for (int i = tag; i < tag + 40; i++) {
      if (jpeg[i] == 0x12 && jpeg[i - 1] == 0x01) {
        jpeg[i + 8] = 9;
      }
    }
    RgbPicture stored = PictureDecoder.decode(jpeg);
    assertEquals("48 x 64", stored.width() + " x " + stored.height());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "rgb-16.png",
        "rgb.webp",
        "rgb-lossy.webp",
        "rgb.jpg",
        "rgb-progressive.jpg",
        "rgb.tiff",
        "rgb-jpeg.tiff",
        "rgb.gif",
        "cmyk.jpg",
        "cmyk.tiff"
      })
  void everyFormatHasTheSameColours(String name) throws IOException {
    assertQuadrants(COLOURS, PictureDecoder.decode(file("quadrants/" + name)), 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey-alpha.png", "grey-alpha-16.png", "grey-16.png"})
  void greyKeepsItsStoredValues(String name) throws IOException {
    assertQuadrants(GREYS, PictureDecoder.decode(file("quadrants/" + name)), 0);
  }

  /** The quadrants have an alpha of 255, 128, 0 and 64. */
  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "rgb-16.png", "rgb.tiff", "rgb.webp"})
  void transparentColoursLieOnWhite(String name) throws IOException {
    int[] expected = {0xC81E1E, 0x8EE38E, 0xFFFFFF, 0xDFDFDF};
    assertQuadrants(expected, PictureDecoder.decode(file("translucent/" + name)), 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey.png", "grey-16.png", "grey.tiff"})
  void transparentGreyLiesOnWhite(String name) throws IOException {
    int[] expected = {0x202020, 0xAFAFAF, 0xFFFFFF, 0xF7F7F7};
    assertQuadrants(expected, PictureDecoder.decode(file("translucent/" + name)), 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "rgb-16.png",
        "rgb.tiff",
        "rgb.webp",
        "grey.png",
        "grey-16.png",
        "grey.tiff"
      })
  void theOpacityOfAPictureIsItsAlpha(String name) throws IOException {
    int[] expected = {0xFFFFFF, 0x808080, 0x000000, 0x404040};
    assertQuadrants(expected, PictureDecoder.decodeOpacity(file("translucent/" + name)), 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "rgb.jpg", "rgb.gif", "cmyk.jpg", "grey-16.png"})
  void picturesWithoutTransparencyAreOpaque(String name) throws IOException {
    int[] expected = {0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF};
    assertQuadrants(expected, PictureDecoder.decodeOpacity(file("quadrants/" + name)), 0);
  }

  @Test
  void transparentColoursOfAPaletteLieOnWhite() throws IOException {
    int[] expected = {0xC81E1E, 0x8EE38E, 0xFFFFFF, 0x808080};
    assertQuadrants(expected, PictureDecoder.decode(file("translucent/palette.png")), 0);
  }

  /** The greys 0 to 3 with 2 bits, of which 2 is transparent. */
  @Test
  void aTransparentGreyOfFewBitsIsWhite() throws IOException {
    byte[] rows = {0, 5, 0, 5, 0, (byte) 0xAF, 0, (byte) 0xAF};
    RgbPicture picture = PictureDecoder.decode(png(4, 4, 2, 0, new byte[] {0, 2}, rows));
    assertQuadrants(new int[] {0, 0x555555, 0xFFFFFF, 0xFFFFFF}, picture, 0);
    assertQuadrants(
        new int[] {0xFFFFFF, 0xFFFFFF, 0, 0xFFFFFF},
        PictureDecoder.decodeOpacity(png(4, 4, 2, 0, new byte[] {0, 2}, rows)),
        0);
  }

  @Test
  void inksStoredAsLuminanceAreConverted() throws IOException {
    byte[] jpeg = file("quadrants/cmyk.jpg");
    int adobe = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("Adobe");
    // The first quadrant holds 200, 30, 30, 255, now read as luminance, two differences and black.
    jpeg[adobe + 11] = 2;
    RgbPicture picture = PictureDecoder.decode(jpeg);
    assertColour(0xC000E5, picture.pixels()[16 * 64 + 16], 3);
  }

  private static String refusal(byte[] file) {
    return assertThrows(IOException.class, () -> PictureDecoder.decode(file)).getMessage();
  }

  @Test
  void damagedPicturesAreRefused() throws IOException {
    assertEquals(
        "its content is damaged (Truncated File - Missing EOI marker)",
        refusal(file("damaged/cut-in-half.jpg")));
    assertEquals(
        "it has a pixel of colour 9, and its palette has 4 colours",
        refusal(file("damaged/palette-index.png")));
    assertEquals(
        "it is damaged: the checksum of its chunk PLTE is wrong",
        refusal(file("damaged/checksum.png")));
    refusal(file("damaged/missing-rows.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise.png", "noise.jpg", "noise.gif", "noise.tiff", "noise.webp"})
  void aFileCutAnywhereIsRefused(String name) throws IOException {
    byte[] whole = file("complete/" + name);
    assertEquals(32, PictureDecoder.decode(whole).width());
    for (int percent : new int[] {1, 20, 50, 80, 97}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
      assertThrows(
          Exception.class,
          () -> PictureDecoder.decode(cut),
          () -> "cut at %d %%".formatted(percent));
    }
  }

  @Test
  void aJpegThatEndsTooEarlyIsRefusedEvenWithAnEndMarker() throws IOException {
    byte[] whole = file("complete/noise.jpg");
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertThrows(IOException.class, () -> PictureDecoder.decode(cut));
  }

  @Test
  void bytesAfterThePictureAreIgnored() throws IOException {
    byte[] whole = file("complete/noise.jpg");
    byte[] longer = Arrays.copyOf(whole, whole.length + 5000);
    assertEquals(32, PictureDecoder.decode(longer).width());
  }

  @Test
  void aGifThatLacksPixelsOrColoursIsRefused() throws IOException {
    byte[] gif = file("complete/noise.gif");
    int palette = 13 + 3 * 256;
    byte[] fewColours = new byte[gif.length - palette + 13 + 12];
    System.arraycopy(gif, 0, fewColours, 0, 13 + 12);
    System.arraycopy(gif, palette, fewColours, 13 + 12, gif.length - palette);
    fewColours[10] = (byte) ((gif[10] & 0xF8) | 1);
    assertTrue(refusal(fewColours).contains("and its palette has 4 colours"));

    // The first block of data is 255 bytes long; the file ends after it as if it were complete.
    String text = new String(gif, StandardCharsets.ISO_8859_1);
    int data = text.indexOf(',', palette) + 11;
    byte[] oneBlock = Arrays.copyOf(gif, data + 256 + 2);
    oneBlock[data + 256] = 0;
    oneBlock[data + 257] = ';';
    assertTrue(refusal(oneBlock).startsWith("it is truncated: it has "));
  }

  @Test
  void aHugePictureIsRefusedByItsHeader() throws IOException {
    assertEquals(
        "it has 45,000 x 45,000 pixels, and at most 67,108,864 (8192 x 8192) are allowed;"
            + " scale it down",
        refusal(png(45_000, 45_000, 8, 0, new byte[0], new byte[1000])));
  }

  @Test
  void otherFilesAreRefusedByWhatTheyAre() {
    byte[] avif = Arrays.copyOf("\0\0\0 ftypavif".getBytes(StandardCharsets.US_ASCII), 64);
    assertEquals(
        "it is an AVIF file, which is not supported; convert it to PNG or WebP", refusal(avif));
    assertEquals("it is empty", refusal(new byte[0]));
    assertEquals(
        "it is not a PNG, JPEG, GIF, BMP, TIFF or WebP file",
        refusal("<html>".getBytes(StandardCharsets.US_ASCII)));
  }

  /** Creates a PNG file of grey pixels. */
  private static byte[] png(
      int width, int height, int depth, int type, byte[] transparency, byte[] rows)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(new byte[] {(byte) depth, (byte) type, 0, 0, 0});
    chunk(out, "IHDR", header.toByteArray());
    if (transparency.length > 0) {
      chunk(out, "tRNS", transparency);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(packed)) {
      deflater.write(rows);
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(type.getBytes(StandardCharsets.US_ASCII));
    checksum.update(data);
    out.writeInt(data.length);
    out.writeBytes(type);
    out.write(data);
    out.writeInt((int) checksum.getValue());
  }
}
