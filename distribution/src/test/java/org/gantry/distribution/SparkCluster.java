package org.gantry.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A standalone cluster of Spark on the loopback address: a master and workers with one core each,
 * started from the jars of {@code SPARK_HOME}.
 */
final class SparkCluster implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int TRIES = 1200;
  private static final long LOOK_MILLIS = 50;

  private final List<Process> processes = new ArrayList<>();
  private final String address;

  private SparkCluster(String address) {
    this.address = address;
  }

  /** Whether there is Spark to test with. */
  static boolean isPossible() {
    return Files.isDirectory(sparkHome().resolve("jars"));
  }

  private static Path sparkHome() {
    return Path.of(System.getenv().getOrDefault("SPARK_HOME", "no-spark"));
  }

  /**
   * Starts a cluster, and waits until its workers are registered.
   *
   * @param folder for logs and the files of workers
   */
  static SparkCluster start(int workers, Path folder) throws IOException {
    int port = freePort();
    SparkCluster cluster = new SparkCluster("spark://" + LOOPBACK + ":" + port);
    try {
      cluster.start(
          folder.resolve("master.log"),
          "I have been elected leader",
          "org.apache.spark.deploy.master.Master",
          "--host",
          LOOPBACK,
          "--port",
          Integer.toString(port),
          "--webui-port",
          "0");
      for (int i = 0; i < workers; i++) {
        cluster.start(
            folder.resolve("worker-" + i + ".log"),
            "Successfully registered with master",
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            LOOPBACK,
            "--cores",
            "1",
            "--memory",
            "1G",
            "--webui-port",
            "0",
            "--work-dir",
            folder.resolve("work-" + i).toString(),
            cluster.address);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void start(Path log, String ready, String... program) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Product.home().resolve("spark/java-options"),
                "-cp",
                sparkHome().resolve("jars") + "/*"));
    command.addAll(List.of(program));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    Process process = builder.start();
    processes.add(process);
    await(process, log, ready);
  }

  private static void await(Process process, Path log, String ready) throws IOException {
    try {
      for (int i = 0; i < TRIES; i++) {
        if (Files.readString(log).contains(ready)) {
          return;
        } else if (!process.isAlive()) {
          break;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    throw new IllegalStateException("not ready: " + Files.readString(log));
  }

  /** The address for {@code --on}. */
  String address() {
    return address;
  }

  /** The processes in which workers train now. */
  List<ProcessHandle> executors() {
    return processes.stream().flatMap(process -> executors(process.toHandle())).toList();
  }

  private static Stream<ProcessHandle> executors(ProcessHandle worker) {
    return worker
        .descendants()
        .filter(
            child ->
                child
                    .info()
                    .commandLine()
                    .orElse("")
                    .contains("org.apache.spark.executor.CoarseGrainedExecutorBackend"));
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
