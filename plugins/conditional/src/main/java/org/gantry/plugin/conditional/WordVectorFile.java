package org.gantry.plugin.conditional;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.UnusableComponentException;

/**
 * Vectors of words, from a file of word2vec. The first line has the number of words and the length
 * of the vectors. Then each word is followed by its vector: as a line of numbers, or, in a file
 * whose name ends in {@code .bin}, as 32-bit floats in little-endian order.
 *
 * @param length the length of the vectors
 * @param vectors the vectors of the wanted words that the file contains
 */
record WordVectorFile(int length, Map<String, float[]> vectors) {

  private static final int MAX_LENGTH = 10_000;
  private static final int MAX_LINE = 32 * MAX_LENGTH;

  /**
   * Reads the vectors of some words.
   *
   * @throws UnusableComponentException if the file cannot be read; the message names the word
   */
  static WordVectorFile read(Path file, Set<String> wanted) {
    try (DataInputStream stream =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      boolean binary = file.toString().endsWith(".bin");
      return new Reader(file, stream, binary).read(wanted);
    } catch (EOFException e) {
      throw new UnusableComponentException(file + " ends before its last vector");
    } catch (IOException e) {
      throw new UnusableComponentException(
          file + " cannot be read as a file; set the path of a file of word vectors");
    }
  }

  private record Reader(Path file, DataInputStream stream, boolean binary) {

    WordVectorFile read(Set<String> wanted) throws IOException {
      String header = readUntil('\n');
      List<Integer> sizes = new ArrayList<>();
      for (String number : header.strip().split(" ", -1)) {
        try {
          sizes.add(Integer.parseInt(number));
        } catch (NumberFormatException e) {
          throw badHeader(header);
        }
      }
      if (sizes.size() != 2 || sizes.get(1) < 1 || sizes.get(1) > MAX_LENGTH) {
        throw badHeader(header);
      }
      int length = sizes.get(1);
      Map<String, float[]> vectors = new HashMap<>();
      for (int i = 0; i < sizes.get(0); i++) {
        String word = readUntil(' ').strip();
        float[] vector = binary ? readFloats(length) : readNumbers(word, i + 2, length);
        if (wanted.contains(word)) {
          vectors.put(word, vector);
        }
      }
      return new WordVectorFile(length, vectors);
    }

    private UnusableComponentException badHeader(String header) {
      return new UnusableComponentException(
          "%s:1: expected the number of words and the length of their vectors, as word2vec writes"
                  .formatted(file)
              + " them, found '%s'".formatted(header.strip()));
    }

    private float[] readFloats(int length) throws IOException {
      byte[] bytes = new byte[length * Float.BYTES];
      stream.readFully(bytes);
      float[] vector = new float[length];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
      return vector;
    }

    private float[] readNumbers(String word, int line, int length) throws IOException {
      String[] numbers = readUntil('\n').strip().split(" ", -1);
      float[] vector = new float[length];
      try {
        if (numbers.length == length) {
          for (int i = 0; i < length; i++) {
            vector[i] = Float.parseFloat(numbers[i]);
          }
          return vector;
        }
      } catch (NumberFormatException e) {
        // Reported below, as a wrong count is.
      }
      throw new UnusableComponentException(
          "%s:%d: expected %d numbers after the word '%s'".formatted(file, line, length, word));
    }

    /** Reads a text up to a byte, or to the end of the file if there is some text before it. */
    private String readUntil(char end) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int next = stream.read();
      while (next >= 0 && next != end) {
        if (bytes.size() == MAX_LINE) {
          throw new UnusableComponentException(
              file + " has a line that is too long for vectors of words");
        }
        bytes.write(next);
        next = stream.read();
      }
      if (next < 0 && bytes.size() == 0) {
        throw new EOFException();
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
