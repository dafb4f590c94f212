package org.gantry.plugin.imagefolder;

/** The compression of GIF images. */
final class LzwCodes {

  private static final int MOST_BITS = 12;

  private LzwCodes() {}

  /**
   * Decompresses values.
   *
   * @param literalBits the number of bits of a value, 1 to 8
   * @param values receives the values
   * @return the number of values; fewer than wanted if the data end early or are damaged
   */
  static int decode(byte[] data, int literalBits, byte[] values) throws UnreadablePictureException {
    if (literalBits < 1 || literalBits > 8) {
      throw new UnreadablePictureException("its content is damaged");
    }
    int clear = 1 << literalBits;
    int end = clear + 1;
    int[] prefix = new int[1 << MOST_BITS];
    byte[] last = new byte[1 << MOST_BITS];
    int[] length = new int[1 << MOST_BITS];
    for (int i = 0; i < clear; i++) {
      last[i] = (byte) i;
      length[i] = 1;
    }
    int free = clear + 2;
    int bits = literalBits + 1;
    int before = -1;
    int written = 0;
    long position = 0;
    while (written < values.length && position + bits <= data.length * 8L) {
      int code = code(data, position, bits);
      position += bits;
      if (code == clear) {
        free = clear + 2;
        bits = literalBits + 1;
        before = -1;
        continue;
      } else if (code == end || code > free || (code >= clear && before < 0)) {
        return written;
      }
      boolean isNew = code == free;
      if (isNew && free == 1 << MOST_BITS) {
        return written;
      }
      int known = isNew ? before : code;
      byte first = first(known, clear, prefix, last);
      if (before >= 0 && free < 1 << MOST_BITS) {
        prefix[free] = before;
        last[free] = first;
        length[free] = length[before] + 1;
        free++;
        if (free == 1 << bits && bits < MOST_BITS) {
          bits++;
        }
      }
      written = put(code, clear, prefix, last, length[code], values, written);
      before = code;
    }
    return written;
  }

  private static int code(byte[] data, long position, int bits) {
    int code = 0;
    for (int i = 0; i < bits; i++) {
      long at = position + i;
      code |= (data[(int) (at >> 3)] >> (at & 7) & 1) << i;
    }
    return code;
  }

  private static byte first(int code, int clear, int[] prefix, byte[] last) {
    int link = code;
    while (link >= clear) {
      link = prefix[link];
    }
    return last[link];
  }

  /** Puts the values of a code, as far as there is room, and returns the new end. */
  private static int put(
      int code, int clear, int[] prefix, byte[] last, int length, byte[] values, int start) {
    int link = code;
    for (int i = start + length - 1; i >= start; i--) {
      if (i < values.length) {
        values[i] = last[link];
      }
      link = link >= clear ? prefix[link] : link;
    }
    return Math.min(values.length, start + length);
  }
}
