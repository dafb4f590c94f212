package org.gantry.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the part of pickle's protocol 2 that libtorch reads: a program for a stack machine, one
 * instruction for each value and one for each tuple, dictionary or object made of values.
 */
final class Pickle {

  private final ByteArrayOutputStream program = new ByteArrayOutputStream();

  Pickle() {
    code(0x80).code(2);
  }

  Pickle text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    code('X').number(Integer.BYTES, bytes.length);
    program.writeBytes(bytes);
    return this;
  }

  Pickle integer(long value) {
    return value == (int) value
        ? code('J').number(Integer.BYTES, value)
        : code(0x8a).code(Long.BYTES).number(Long.BYTES, value);
  }

  Pickle truth(boolean value) {
    return code(value ? 0x88 : 0x89);
  }

  /** A function or class by its name. */
  Pickle global(String module, String name) {
    code('c');
    program.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Begins a tuple, which ends with {@link #tuple}, or the entries of a dictionary. */
  Pickle mark() {
    return code('(');
  }

  Pickle tuple() {
    return code('t');
  }

  Pickle emptyTuple() {
    return code(')');
  }

  Pickle emptyDictionary() {
    return code('}');
  }

  /** Puts the keys and values since the mark into the dictionary before it. */
  Pickle entries() {
    return code('u');
  }

  /** Makes an object of a class and a tuple. */
  Pickle object() {
    return code(0x81);
  }

  /** Gives an object the state that follows it. */
  Pickle state() {
    return code('b');
  }

  /** Calls a function with a tuple. */
  Pickle call() {
    return code('R');
  }

  /** What lies outside of the pickle under the name that the tuple is. */
  Pickle outside() {
    return code('Q');
  }

  byte[] end() {
    code('.');
    return program.toByteArray();
  }

  private Pickle code(int code) {
    program.write(code);
    return this;
  }

  private Pickle number(int size, long value) {
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    program.write(bytes, 0, size);
    return this;
  }
}
