package org.gantry.distribution.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.gantry.tensor.NativeEngine;
import org.gantry.tensor.SafetensorsFile;

/**
 * A recipe that the native program also trains.
 *
 * @param name the name in the table
 * @param recipe the bundled recipe
 * @param changes arguments of {@code --set}
 * @param settings what the native program needs to know and the trace does not contain
 */
record ReferenceGame(
    String name, String recipe, List<String> changes, Map<String, String> settings) {

  /** The number of steps in which both train on the same batches. */
  static final int STEPS = 20;

  /**
   * The number of steps in which losses agree. Rounding grows about tenfold in each step of a DCGAN
   * with batch normalisation, in either program. A step with several updates of the discriminator
   * rounds more often.
   */
  int comparedSteps() {
    if (settings.get("kind").equals("dcgan")) {
      return 3;
    }
    return settings.get("updates").equals("1") ? STEPS : STEPS / 2;
  }

  /** All games, from the smallest step to the longest. */
  static List<ReferenceGame> all() {
    Map<String, String> points =
        settings("mlp", "non-saturating", 1e-3, 1, 1, 0, 0).with("threads", 1).all();
    Map<String, String> critic =
        settings("mlp", "wasserstein", 1e-3, 5, 1, 0.1, 0).with("threads", 1).all();
    Map<String, String> digits =
        settings("dcgan", "non-saturating", 7e-4, 1, 0.9, 0, 0.999).with("channels", 192).all();
    Map<String, String> emoji =
        settings("dcgan", "non-saturating", 2e-4, 1, 1, 0, 0.999).with("channels", 128).all();
    Map<String, String> large =
        settings("dcgan", "non-saturating", 2e-4, 1, 1, 0, 0.999).with("channels", 256).all();
    return List.of(
        new ReferenceGame("ring", "ring", List.of(), points),
        new ReferenceGame("ring-wgan-gp", "ring-wgan-gp", List.of(), critic),
        new ReferenceGame("digits", "digits", List.of(), digits),
        new ReferenceGame("emoji-dcgan", "emoji-dcgan", List.of(), emoji),
        new ReferenceGame("emoji-dcgan-64", "emoji-dcgan", List.of("data.size=64"), large));
  }

  private record Settings(Map<String, String> all) {
    Settings with(String key, Object value) {
      Map<String, String> more = new LinkedHashMap<>(all);
      more.put(key, value.toString());
      return new Settings(more);
    }
  }

  private static Settings settings(
      String kind,
      String loss,
      double rate,
      int updates,
      double target,
      double penalty,
      double decay) {
    return new Settings(Map.of())
        .with("kind", kind)
        .with("loss", loss)
        .with("rate", rate)
        .with("beta1", 0.5)
        .with("updates", updates)
        .with("smoothing", target)
        .with("penalty", penalty)
        .with("decay", decay)
        .with("channels", 0)
        .with("threads", Runtime.getRuntime().availableProcessors())
        .with("steps", STEPS);
  }

  /**
   * Turns a trace of the recipe into the folder that the native program reads.
   *
   * @param trace written by {@code gantry bench --trace}
   * @param folder exists and is empty
   */
  void write(Path trace, Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    settings.forEach((key, value) -> lines.add(key + " " + value));
    try (NDManager manager = NativeEngine.newManager()) {
      for (String role : List.of("generator", "discriminator")) {
        writeNetwork(manager, trace, folder, role, lines);
      }
      Map<String, List<NDArray>> read = new TreeMap<>();
      for (int step = 1; step <= STEPS; step++) {
        Path file = trace.resolve("step-%04d.safetensors".formatted(step));
        List<NDArray> codes = new ArrayList<>();
        for (Map.Entry<String, NDArray> entry :
            new TreeMap<>(new SafetensorsFile(file).read(manager)).entrySet()) {
          String node = entry.getKey().substring(entry.getKey().indexOf('/') + 1);
          if (node.startsWith("latent")) {
            codes.add(entry.getValue());
          } else {
            String kind = node.contains("share") ? "shares" : "real";
            read.computeIfAbsent(kind, k -> new ArrayList<>()).add(entry.getValue());
          }
        }
        int updates = Integer.parseInt(settings.get("updates"));
        read.computeIfAbsent("codes", k -> new ArrayList<>()).addAll(codes.subList(0, updates));
        read.computeIfAbsent("generator-codes", k -> new ArrayList<>())
            .add(codes.get(codes.size() - 1));
      }
      NDArray first = read.get("real").get(0);
      lines.add("batch " + first.getShape().get(0));
      lines.add("rows " + read.get("real").size() * first.getShape().get(0));
      lines.add("code " + read.get("codes").get(0).getShape().get(1));
      for (Map.Entry<String, List<NDArray>> arrays : read.entrySet()) {
        Shape one = arrays.getValue().get(0).getShape();
        Shape all = new Shape(one.get(0) * arrays.getValue().size()).addAll(one.slice(1));
        write(folder, arrays.getKey(), all, arrays.getValue(), lines);
      }
    }
    Files.write(folder.resolve("game.txt"), lines, StandardCharsets.UTF_8);
  }

  /** Writes a network's arrays in the order of its layers, which is that of their names. */
  private static void writeNetwork(
      NDManager manager, Path trace, Path folder, String role, List<String> lines)
      throws IOException {
    Path file = trace.resolve("start").resolve(role + ".safetensors");
    int index = 0;
    Map<String, NDArray> ordered =
        new TreeMap<>(
            Comparator.comparing(ReferenceGame::layer).thenComparing(Function.identity()));
    ordered.putAll(new SafetensorsFile(file).read(manager));
    for (Map.Entry<String, NDArray> entry : ordered.entrySet()) {
      String name = role + "." + index++;
      Shape shape = entry.getValue().getShape();
      boolean statistic = entry.getKey().contains("running");
      lines.add(name + (statistic ? " statistic" : shape.dimension() == 4 ? " filters" : " dense"));
      write(folder, name, shape, List.of(entry.getValue()), lines);
    }
  }

  /** The layer of an array, then its place in the layer, as text to sort by. */
  private static String layer(String array) {
    int end = array.lastIndexOf('_');
    String parameter = array.substring(end + 1);
    int place = List.of("weight", "bias", "gamma", "beta", "runningMean").indexOf(parameter);
    return array.substring(0, end) + '/' + (place < 0 ? "last" : place);
  }

  private static void write(
      Path folder, String name, Shape shape, List<NDArray> arrays, List<String> lines) {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".bin"))) {
      for (NDArray array : arrays) {
        float[] values = array.toFloatArray();
        ByteBuffer bytes =
            ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StringBuilder line = new StringBuilder("array " + name);
    for (long size : shape.getShape()) {
      line.append(' ').append(size);
    }
    lines.add(line.toString());
  }
}
