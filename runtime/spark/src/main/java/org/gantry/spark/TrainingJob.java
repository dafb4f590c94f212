package org.gantry.spark;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What to train, and with which workers.
 *
 * @param run the absolute folder of the run
 * @param home the absolute folder of the installation
 * @param master the cluster, such as {@code spark://HOST:PORT} or {@code local[2]}
 * @param workers the number of workers
 * @param strategy what they exchange
 * @param interval the number of steps between two averages or swaps
 * @param limitSeconds after how long a worker that does not answer counts as lost
 * @param plugins jars of plugins that are not part of the installation, by their SHA-256
 * @param settings of Spark, by key
 * @param shipsInstallation whether workers get the installation from here
 */
record TrainingJob(
    String run,
    String home,
    String master,
    int workers,
    String strategy,
    int interval,
    long limitSeconds,
    Map<String, String> plugins,
    Map<String, String> settings,
    boolean shipsInstallation)
    implements Serializable {

  private static final String PLUGIN = "plugin.";
  private static final String SETTING = "spark.";

  /** Reads the file that the command writes. */
  static TrainingJob read(Path file) throws IOException {
    Properties all = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      all.load(reader);
    }
    return new TrainingJob(
        required(all, "run"),
        required(all, "home"),
        required(all, "master"),
        Integer.parseInt(required(all, "workers")),
        required(all, "strategy"),
        Integer.parseInt(required(all, "interval")),
        Long.parseLong(required(all, "limit-seconds")),
        withPrefix(all, PLUGIN, PLUGIN.length()),
        withPrefix(all, SETTING, 0),
        Boolean.parseBoolean(required(all, "ships-installation")));
  }

  private static String required(Properties all, String key) throws IOException {
    String value = all.getProperty(key);
    if (value == null) {
      throw new IOException("the description of the training lacks " + key);
    }
    return value;
  }

  /** A sorted map, which can be serialized. */
  private static Map<String, String> withPrefix(Properties all, String prefix, int removed) {
    TreeMap<String, String> found = new TreeMap<>();
    all.stringPropertyNames().stream()
        .filter(key -> key.startsWith(prefix))
        .forEach(key -> found.put(key.substring(removed), all.getProperty(key)));
    return found;
  }

  Path runFolder() {
    return Path.of(run);
  }

  /** Whether the workers are threads of this process. */
  boolean isLocal() {
    return master.startsWith("local[");
  }
}
