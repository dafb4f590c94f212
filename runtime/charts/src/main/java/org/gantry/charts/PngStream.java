package org.gantry.charts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes a PNG in colour row by row, for pictures that do not fit into memory. */
public final class PngStream implements AutoCloseable {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHUNK = 1 << 16;
  private static final byte BITS = 8;
  private static final byte COLOUR = 2;

  private final OutputStream out;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final DeflaterOutputStream pixels = new DeflaterOutputStream(compressed, deflater);
  private final byte[] line;
  private int missing;

  /**
   * Begins a picture.
   *
   * @param out receives the picture, and stays open
   */
  public PngStream(OutputStream out, int width, int height, String description) throws IOException {
    this.out = out;
    this.line = new byte[1 + 3 * width];
    this.missing = height;
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height).put(BITS).put(COLOUR);
    out.write(SIGNATURE);
    chunk("IHDR", header.array());
    out.write(PngText.chunk(description));
  }

  /**
   * Writes the next row.
   *
   * @param colours red, green and blue of each pixel, from the high to the low byte
   */
  public void row(int[] colours) throws IOException {
    for (int x = 0; x < colours.length; x++) {
      line[1 + 3 * x] = (byte) (colours[x] >> 16);
      line[2 + 3 * x] = (byte) (colours[x] >> 8);
      line[3 + 3 * x] = (byte) colours[x];
    }
    pixels.write(line);
    missing--;
    if (compressed.size() > CHUNK) {
      flushPixels();
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
    if (missing != 0) {
      throw new IllegalStateException(missing + " rows of the picture are missing");
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
