package org.gantry.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.gantry.embedded.EmbeddedGantry;
import org.gantry.host.support.JsonText;

/** The settings of Spark for a training. */
final class SparkSettings {

  /** The file of an installation with the options for every process of Spark. */
  private static final String JAVA_OPTIONS = "java-options";

  private SparkSettings() {}

  private static String javaOptions(Path home) throws IOException {
    return String.join(" ", Files.readAllLines(home.resolve("spark").resolve(JAVA_OPTIONS)));
  }

  /**
   * The settings for a training. Each worker has a process and a core of its own. What the job sets
   * replaces what is set here.
   */
  static SparkConf of(TrainingJob job) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster(job.master())
            .setAppName("gantry " + job.runFolder().getFileName())
            .set("spark.ui.enabled", "false")
            .set("spark.log.level", "ERROR")
            .set("spark.jars", jars())
            .set("spark.cores.max", Integer.toString(job.workers()))
            .set("spark.executor.cores", "1")
            .set("spark.task.maxFailures", "1")
            .set("spark.dynamicAllocation.enabled", "false")
            .set("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "2s")
            .set("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "30")
            // Like the script bin/gantry, which says why.
            .set("spark.executorEnv.GOMP_SPINCOUNT", "10000")
            .set("spark.executorEnv.MALLOC_MMAP_THRESHOLD_", "33554432")
            .set("spark.executorEnv.MALLOC_TRIM_THRESHOLD_", "268435456")
            .set("spark.executor.extraJavaOptions", javaOptions(Path.of(job.home())));
    if (isOnLoopback(job.master())) {
      conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
    }
    job.settings().forEach(conf::set);
    return conf;
  }

  /** Whether all processes run on this machine, so that no other machine need reach them. */
  private static boolean isOnLoopback(String master) {
    return master.startsWith("local") || master.startsWith("spark://127.");
  }

  /** The jars with the classes that tasks use. */
  private static String jars() {
    return Stream.of(WorkerTask.class, EmbeddedGantry.class, JsonText.class)
        .map(SparkSettings::jar)
        .filter(jar -> jar.toString().endsWith(".jar"))
        .map(Path::toString)
        .collect(Collectors.joining(","));
  }

  private static Path jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " is not in a file", e);
    }
  }
}
