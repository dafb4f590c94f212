package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.TreeMap;
import org.gantry.tensor.SafetensorsFile;

/**
 * A safetensors file of a classifier's weights.
 *
 * @param path the file, which may not exist yet
 */
record WeightFile(Path path) {

  /**
   * Reads the weights.
   *
   * @param manager owns them
   * @return empty if the file does not exist or cannot be read
   */
  Optional<NDList> read(NDManager manager) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (NDManager temporary = manager.newSubManager()) {
      NDList weights = new NDList();
      new TreeMap<>(new SafetensorsFile(path).read(temporary))
          // Copies, because the decoded arrays share Java's memory.
          .values()
          .forEach(array -> weights.add(manager.zeros(array.getShape()).addi(array)));
      return Optional.of(weights);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the weights to a temporary file and moves it into place, so a reader never sees half a
   * file.
   */
  void write(NDList weights) {
    for (int i = 0; i < weights.size(); i++) {
      weights.get(i).setName("%02d-%s".formatted(i, i % 2 == 0 ? "weight" : "bias"));
    }
    Path temporary = path.resolveSibling(path.getFileName() + ".part");
    try {
      Files.createDirectories(path.getParent());
      try (OutputStream stream = Files.newOutputStream(temporary)) {
        weights.encode(stream, NDList.Encoding.SAFETENSORS);
      }
      Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("saving the classifier to " + path, e);
    }
  }
}
