package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file, in which every array has a name. It contains no code. The arrays of a valid
 * file fill it without overlap and without holes; any other file is refused.
 *
 * @param path the file
 */
public record SafetensorsFile(Path path) {

  /**
   * Reads all arrays.
   *
   * @param manager owns the arrays
   * @return the arrays by name, in the order of their data
   * @throws IOException if the file is missing or is not a valid safetensors file; the message
   *     names the file and the reason
   */
  public Map<String, NDArray> read(NDManager manager) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new IOException(path + " is missing", e);
    }
    try {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      for (String name : SafetensorsHeader.of(content).names()) {
        arrays.put(name, null);
      }
      if (!arrays.isEmpty()) {
        NDList.decode(manager, content).forEach(array -> arrays.put(array.getName(), array));
      }
      return arrays;
    } catch (RuntimeException e) {
      throw new IOException(path + " is corrupt: " + e.getMessage(), e);
    }
  }

  /**
   * Writes arrays and replaces an existing file, not atomically.
   *
   * @param arrays the arrays by name; their own names are removed
   */
  public void write(Map<String, NDArray> arrays) throws IOException {
    NDList list = new NDList();
    arrays.forEach(
        (key, array) -> {
          array.setName(key);
          list.add(array);
        });
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      list.encode(out, NDList.Encoding.SAFETENSORS);
    } finally {
      list.forEach(array -> array.setName(null));
    }
  }
}
