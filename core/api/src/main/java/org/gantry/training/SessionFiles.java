package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gantry.tensor.SafetensorsFile;

/** Saves the state of a session as safetensors files, in which every array has a name. */
final class SessionFiles {

  private static final String SCALARS = "session";
  private static final String ARRAYS = "session.arrays";
  private static final String STEPS = "steps";

  private final Path folder;
  private final SessionState state;

  SessionFiles(Path folder, SessionState state) {
    this.folder = folder;
    this.state = state;
  }

  /** Writes the state to the folder. */
  void save() throws IOException {
    for (NetworkWeights network : state.weights()) {
      write(network.role().role(), network.namedArrays());
      write(average(network), network.namedAverage());
    }
    for (PlayerState player : state.players()) {
      write(optimizer(player), player.namedSlots());
    }
    write(ARRAYS, state.namedArrays());
    try (NDManager scratch = state.manager().newSubManager()) {
      Map<String, NDArray> scalars = new LinkedHashMap<>();
      scalars.put(STEPS, scalar(scratch, (double) state.completedSteps()));
      state
          .carried()
          .forEach((carried, value) -> scalars.put(key(carried), scalar(scratch, value)));
      write(SCALARS, scalars);
    }
  }

  /**
   * Reads the state from the folder.
   *
   * @throws IOException if a file is missing, is corrupt or does not match the graph
   */
  void restore() throws IOException {
    for (NetworkWeights network : state.weights()) {
      read(network.role().role(), network.namedArrays());
      read(average(network), network.namedAverage());
    }
    for (PlayerState player : state.players()) {
      read(optimizer(player), player.namedSlots());
    }
    read(ARRAYS, state.namedArrays());
    try (NDManager scratch = state.manager().newSubManager()) {
      Map<String, NDArray> scalars = file(SCALARS).read(scratch);
      long steps = (long) scalar(scalars, STEPS);
      Map<GraphScalarState, Double> carried = new HashMap<>();
      for (GraphScalarState scalar : state.carried().keySet()) {
        carried.put(scalar, scalar(scalars, key(scalar)));
      }
      state.moveToStep(steps);
      state.carry(carried);
    }
  }

  private static String average(NetworkWeights network) {
    return network.role().role() + ".average";
  }

  private static String optimizer(PlayerState player) {
    return player.name() + ".optimizer";
  }

  private static String key(GraphScalarState carried) {
    return "state/" + carried.name();
  }

  private static NDArray scalar(NDManager manager, double value) {
    return manager.create(new double[] {value});
  }

  private double scalar(Map<String, NDArray> scalars, String key) throws IOException {
    if (!scalars.containsKey(key)) {
      throw new IOException(
          file(SCALARS).path() + " does not match this training: it lacks " + key);
    }
    return scalars.get(key).toDoubleArray()[0];
  }

  /** Writes a file, unless there are no arrays. */
  private void write(String name, Map<String, NDArray> arrays) throws IOException {
    if (arrays.isEmpty()) {
      return;
    }
    file(name).write(arrays);
  }

  /** Overwrites the arrays with those of the file, once all of them are found to match. */
  private void read(String name, Map<String, NDArray> arrays) throws IOException {
    if (arrays.isEmpty()) {
      return;
    }
    try (NDManager scratch = state.manager().newSubManager()) {
      Map<String, NDArray> found = file(name).read(scratch);
      NDList into = new NDList();
      NDList from = new NDList();
      for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
        NDArray stored = found.get(entry.getKey());
        if (stored == null || !stored.getShape().equals(entry.getValue().getShape())) {
          throw new IOException(
              "%s does not match this training: %s should have shape %s, but %s"
                  .formatted(
                      file(name).path(),
                      entry.getKey(),
                      entry.getValue().getShape(),
                      stored == null ? "is missing" : "has " + stored.getShape()));
        }
        into.add(entry.getValue());
        from.add(stored);
      }
      state.inPlace().copy(into, from);
    }
  }

  private SafetensorsFile file(String name) {
    return new SafetensorsFile(folder.resolve(name + ".safetensors"));
  }
}
