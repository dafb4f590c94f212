package org.gantry.charts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes a PNG row by row, for pictures that do not fit into memory. */
public final class PngStream implements AutoCloseable {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHUNK = 1 << 16;
  private static final byte BITS = 8;
  private static final byte COLOUR = 2;
  private static final byte PALETTE = 3;
  private static final int GREYS = 256;

  /** The filters of a row: its values themselves, or their differences from the row above. */
  private static final byte VALUES = 0;

  private static final byte DIFFERENCES = 2;

  private final OutputStream out;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final DeflaterOutputStream pixels = new DeflaterOutputStream(compressed, deflater, CHUNK);
  private final int[] above;
  private final boolean grey;
  private final byte[] line;
  private final byte[] same;
  private final int height;
  private int done;

  /**
   * Begins a picture in colour.
   *
   * @param out receives the picture, and stays open
   */
  public PngStream(OutputStream out, int width, int height, String description) throws IOException {
    this(out, width, height, description, false);
  }

  private PngStream(OutputStream out, int width, int height, String description, boolean grey)
      throws IOException {
    this.out = out;
    this.height = height;
    this.grey = grey;
    this.above = new int[width];
    this.line = new byte[1 + (grey ? 1 : 3) * width];
    this.same = new byte[line.length];
    line[0] = VALUES;
    same[0] = DIFFERENCES;
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height).put(BITS).put(grey ? PALETTE : COLOUR);
    out.write(SIGNATURE);
    chunk("IHDR", header.array());
    out.write(PngText.chunk(description));
    if (grey) {
      chunk("PLTE", palette());
    }
  }

  /**
   * Begins a picture of greys, which needs a third of the time. It has a palette, because programs
   * disagree about the brightness of a PNG without colours.
   *
   * @param out receives the picture, and stays open
   */
  public static PngStream grey(OutputStream out, int width, int height, String description)
      throws IOException {
    return new PngStream(out, width, height, description, true);
  }

  private static byte[] palette() {
    byte[] palette = new byte[3 * GREYS];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (i / 3);
    }
    return palette;
  }

  /** Writes the next row; see {@link #row(int[], int)}. */
  public void row(int[] colours) throws IOException {
    row(colours, 0);
  }

  /**
   * Writes the next row.
   *
   * @param colours contains the row: red, green and blue of each pixel, from the high to the low
   *     byte; a picture of greys takes the blue
   * @param from where the row begins
   */
  public void row(int[] colours, int from) throws IOException {
    int width = above.length;
    if (done > 0 && Arrays.equals(colours, from, from + width, above, 0, width)) {
      // Enlarged pictures repeat their rows.
      pixels.write(same);
    } else {
      System.arraycopy(colours, from, above, 0, width);
      fillLine();
      pixels.write(line);
    }
    done++;
    if (compressed.size() > CHUNK) {
      flushPixels();
    }
  }

  private void fillLine() {
    for (int x = 0; x < above.length; x++) {
      int colour = above[x];
      if (grey) {
        line[1 + x] = (byte) colour;
      } else {
        line[1 + 3 * x] = (byte) (colour >> 16);
        line[2 + 3 * x] = (byte) (colour >> 8);
        line[3 + 3 * x] = (byte) colour;
      }
    }
  }

  private void flushPixels() throws IOException {
    chunk("IDAT", compressed.toByteArray());
    compressed.reset();
  }

  private void chunk(String type, byte[] content) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
    chunk.putInt(content.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(content);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + content.length);
    out.write(chunk.putInt((int) sum.getValue()).array());
  }

  /** Ends the picture, which must have all rows. */
  public void finish() throws IOException {
    if (done != height) {
      throw new IllegalStateException(height - done + " rows of the picture are missing");
    }
    pixels.finish();
    flushPixels();
    chunk("IEND", new byte[0]);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
