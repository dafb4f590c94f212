package org.gantry.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the part of pickle protocol 2 that libtorch reads. A pickle is a program for a stack
 * machine: one instruction for each value, and one for each tuple, dictionary or object that is
 * built of them.
 */
final class PickleWriter {

  private final ByteArrayOutputStream program = new ByteArrayOutputStream();

  PickleWriter() {
    opcode(0x80).opcode(2);
  }

  PickleWriter text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    opcode('X').number(Integer.BYTES, bytes.length);
    program.writeBytes(bytes);
    return this;
  }

  PickleWriter integer(long value) {
    return value == (int) value
        ? opcode('J').number(Integer.BYTES, value)
        : opcode(0x8a).opcode(Long.BYTES).number(Long.BYTES, value);
  }

  PickleWriter bool(boolean value) {
    return opcode(value ? 0x88 : 0x89);
  }

  /** Pushes a function or class by its name. */
  PickleWriter global(String module, String name) {
    opcode('c');
    program.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Begins a tuple, which ends with {@link #tuple}, or the entries of a dictionary. */
  PickleWriter mark() {
    return opcode('(');
  }

  PickleWriter tuple() {
    return opcode('t');
  }

  PickleWriter emptyTuple() {
    return opcode(')');
  }

  PickleWriter emptyDictionary() {
    return opcode('}');
  }

  /** Adds the keys and values since the mark to the dictionary before it. */
  PickleWriter setItems() {
    return opcode('u');
  }

  /** Creates an object from a class and a tuple. */
  PickleWriter newObject() {
    return opcode(0x81);
  }

  /** Sets the state of an object. */
  PickleWriter build() {
    return opcode('b');
  }

  /** Calls a function with a tuple. */
  PickleWriter reduce() {
    return opcode('R');
  }

  /** Refers to data outside of the pickle, identified by the tuple before it. */
  PickleWriter persistentId() {
    return opcode('Q');
  }

  byte[] finish() {
    opcode('.');
    return program.toByteArray();
  }

  private PickleWriter opcode(int code) {
    program.write(code);
    return this;
  }

  private PickleWriter number(int size, long value) {
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    program.write(bytes, 0, size);
    return this;
  }
}
