package org.gantry.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures the start of a host with many plugins. Each measurement is a process of its own, as for
 * a user. To run it with 500 plugins:
 *
 * <pre>{@code
 * mvn -pl distribution install -Dtest=ManyPluginsTest -Dgantry.plugins=500
 * }</pre>
 */
final class ManyPlugins {

  private static final int COMPONENTS = 4;
  private static final int REPEATS = 3;

  private ManyPlugins() {}

  /** Creates jars of plugins with four components each. */
  static List<Path> jars(Path folder, int count) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < COMPONENTS; i++) {
      sources.put("Plain" + i, TestPluginJar.loss("Plain" + i, "many-" + i, ""));
    }
    Path classes = TestPluginJar.compile(folder, sources);
    List<Path> jars = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      String name = "org.acme.many%03d".formatted(n);
      TestPluginJar jar = TestPluginJar.bundle(name, "1.0.0", classes);
      for (int i = 0; i < COMPONENTS; i++) {
        jar.type("Plain" + i).component("loss", "many-" + i, "Plain" + i);
      }
      jars.add(jar.pack(folder.resolve(name + ".jar")));
    }
    return jars;
  }

  /** Measures commands; returns the seconds of the fastest of three repetitions. */
  static Map<String, Double> seconds(Path state) {
    Map<String, Double> seconds = new TreeMap<>();
    Product product = Product.packed().withEnvironment("GANTRY_STATE", state.toString());
    for (String words : List.of("--version", "components", "validate ring")) {
      double fastest = Double.MAX_VALUE;
      for (int i = 0; i < REPEATS; i++) {
        long start = System.nanoTime();
        Product.CommandResult answer = product.run(words.split(" ", -1));
        if (answer.exitCode() != 0) {
          throw new IllegalStateException(answer.err());
        }
        fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9);
      }
      seconds.put(words, fastest);
    }
    return seconds;
  }

  /** Compares an empty state with many installed plugins; returns a table. */
  static String table(Path folder, int count) throws IOException {
    Path state = folder.resolve("state");
    List<String> install = new ArrayList<>(List.of("plugins", "install"));
    jars(folder, count).forEach(jar -> install.add(jar.toString()));
    install.addAll(List.of("--allow-unsigned", "--yes"));
    long start = System.nanoTime();
    try (LiveHost host = LiveHost.start(state)) {
      host.runSuccessfully(install.toArray(new String[0]));
    }
    double installing = (System.nanoTime() - start) / 1e9;
    Map<String, Double> none = seconds(Files.createDirectory(folder.resolve("empty")));
    Map<String, Double> many = seconds(state);
    StringBuilder table = new StringBuilder();
    table.append("installing %d plugins at once: %.1f s%n".formatted(count, installing));
    none.forEach(
        (words, seconds) ->
            table.append(
                "%-14s %6.2f s without, %6.2f s with %d plugins: %s 1.5 times and a second%n"
                    .formatted(
                        words,
                        seconds,
                        many.get(words),
                        count,
                        many.get(words) <= 1.5 * seconds + 1 ? "within" : "beyond")));
    return table.toString();
  }
}
