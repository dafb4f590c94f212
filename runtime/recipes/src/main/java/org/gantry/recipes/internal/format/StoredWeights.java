package org.gantry.recipes.internal.format;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gantry.host.support.Sha256;
import org.gantry.tensor.SafetensorsFile;
import org.gantry.training.WeightSource;

/**
 * The weights of a trained network in a safetensors file. A checkpoint has the averages of weights
 * in a second file, without running statistics, which are taken from the first.
 *
 * @param file the file of the weights
 * @param averaged whether averages are taken where there are any
 * @param sha256 the hash of the files
 */
record StoredWeights(Path file, boolean averaged, String sha256) implements WeightSource {

  static final String SUFFIX = ".safetensors";
  private static final String AVERAGE_SUFFIX = ".average" + SUFFIX;

  /**
   * Finds the weights in a file.
   *
   * @throws IOException if it cannot be read
   */
  static StoredWeights of(Path file, boolean averaged) throws IOException {
    return new StoredWeights(file, averaged, hash(file, averaged));
  }

  private static String hash(Path file, boolean averaged) throws IOException {
    Path averages = averagesOf(file);
    if (!averaged || !Files.isRegularFile(averages)) {
      return Sha256.of(file);
    }
    try (InputStream first = Files.newInputStream(file);
        InputStream second = Files.newInputStream(averages);
        InputStream both = new SequenceInputStream(first, second)) {
      return Sha256.of(both);
    }
  }

  private static Path averagesOf(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + AVERAGE_SUFFIX);
  }

  @Override
  public String label() {
    return file.toString();
  }

  @Override
  public Map<String, NDArray> read(NDManager manager) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing");
    }
    if (!sha256.equals(hash(file, averaged))) {
      throw new IOException(file + " has changed since the recipe was read");
    }
    Map<String, NDArray> arrays = new SafetensorsFile(file).read(manager);
    Path averages = averagesOf(file);
    if (averaged && Files.isRegularFile(averages)) {
      new SafetensorsFile(averages).read(manager).forEach(arrays::replace);
    }
    return arrays;
  }
}
