package org.gantry.runs.internal.store;

import java.io.ByteArrayOutputStream;

/** The bytes of a protocol buffers message, field by field. */
final class ProtobufMessage {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void varint(int key, long value) {
    number(key);
    number(value);
  }

  void fixed64(int key, double value) {
    number(key);
    little(Double.doubleToLongBits(value), 8);
  }

  void fixed32(int key, float value) {
    number(key);
    little(Float.floatToIntBits(value), 4);
  }

  void bytes(int key, byte[] content) {
    number(key);
    number(content.length);
    out.writeBytes(content);
  }

  byte[] content() {
    return out.toByteArray();
  }

  private void number(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private void little(long bits, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (bits >>> (8 * i)));
    }
  }
}
