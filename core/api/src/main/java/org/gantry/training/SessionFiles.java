package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.tensor.InPlaceCopy;

/** A session's arrays as safetensors files, in which every array has a name. */
final class SessionFiles {

  private final Path folder;
  private final NDManager manager;
  private final InPlaceCopy inPlace;

  SessionFiles(Path folder, NDManager manager, InPlaceCopy inPlace) {
    this.folder = folder;
    this.manager = manager;
    this.inPlace = inPlace;
  }

  void write(NetworkWeights network) throws IOException {
    write(network.role().role(), arrays(network));
    if (!network.average().isEmpty()) {
      write(network.role().role() + ".average", average(network));
    }
  }

  void read(NetworkWeights network) throws IOException {
    read(network.role().role(), arrays(network));
    if (!network.average().isEmpty()) {
      read(network.role().role() + ".average", average(network));
    }
  }

  private static Map<String, NDArray> arrays(NetworkWeights network) {
    return named(network.allNames(), network.all());
  }

  private static Map<String, NDArray> average(NetworkWeights network) {
    return named(network.trainableNames(), network.average());
  }

  private static Map<String, NDArray> named(List<String> names, NDList arrays) {
    Map<String, NDArray> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), arrays.get(i));
    }
    return named;
  }

  void write(String name, Map<String, NDArray> arrays) throws IOException {
    if (arrays.isEmpty()) {
      return;
    }
    NDList list = new NDList();
    arrays.forEach(
        (key, array) -> {
          array.setName(key);
          list.add(array);
        });
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file(name)))) {
      list.encode(out, NDList.Encoding.SAFETENSORS);
    } finally {
      list.forEach(a -> a.setName(null));
    }
  }

  void writeScalars(String name, Map<String, Double> scalars) throws IOException {
    try (NDManager scratch = manager.newSubManager()) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      scalars.forEach((key, value) -> arrays.put(key, scratch.create(new double[] {value})));
      write(name, arrays);
    }
  }

  /** Overwrites the arrays with those of the file, after all of them were found to fit. */
  void read(String name, Map<String, NDArray> arrays) throws IOException {
    if (arrays.isEmpty()) {
      return;
    }
    try (NDManager scratch = manager.newSubManager()) {
      Map<String, NDArray> found = load(scratch, name);
      NDList into = new NDList();
      NDList from = new NDList();
      for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
        NDArray stored = found.get(entry.getKey());
        if (stored == null || !stored.getShape().equals(entry.getValue().getShape())) {
          throw new IOException(
              "%s does not fit this training: %s should have shape %s, but %s"
                  .formatted(
                      file(name),
                      entry.getKey(),
                      entry.getValue().getShape(),
                      stored == null ? "is missing" : "has " + stored.getShape()));
        }
        into.add(entry.getValue());
        from.add(stored);
      }
      inPlace.copy(into, from);
    }
  }

  /** The scalars of a file, which must be those of the example. */
  Map<String, Double> readScalars(String name, Map<String, Double> example) throws IOException {
    try (NDManager scratch = manager.newSubManager()) {
      Map<String, NDArray> found = load(scratch, name);
      Map<String, Double> scalars = new HashMap<>();
      for (String key : example.keySet()) {
        if (!found.containsKey(key)) {
          throw new IOException(file(name) + " does not fit this training: it lacks " + key);
        }
        scalars.put(key, found.get(key).toDoubleArray()[0]);
      }
      return scalars;
    }
  }

  private Map<String, NDArray> load(NDManager scratch, String name) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file(name));
    } catch (NoSuchFileException e) {
      throw new IOException(file(name) + " is missing", e);
    }
    try {
      Map<String, NDArray> found = new HashMap<>();
      NDList.decode(scratch, content).forEach(a -> found.put(a.getName(), a));
      return found;
    } catch (RuntimeException e) {
      throw new IOException(file(name) + " is damaged: " + e.getMessage(), e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".safetensors");
  }
}
