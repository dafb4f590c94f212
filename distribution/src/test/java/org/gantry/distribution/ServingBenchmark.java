package org.gantry.distribution;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.distribution.Product.CommandResult;
import org.gantry.export.ImportedModule;
import org.gantry.tensor.ThreadCount;

/**
 * Measures {@code gantry serve} under load: 32 clients on this machine ask for one sample each, one
 * request after the other, for a while. Prints the times of requests, and the memory of the server
 * after each third of the time. Next to them are the times of one sample after the other that a
 * program draws in its own process, with the exported network.
 */
public final class ServingBenchmark {

  private static final int CLIENTS = 32;
  private static final double SECONDS = 30;
  private static final int PARTS = 3;
  private static final double NANOSECONDS = 1e9;
  private static final List<String> RECIPES = List.of("ring", "digits");

  private ServingBenchmark() {}

  /** Measures the product in {@code -Dgantry.home}. */
  public static void main(String[] arguments) throws IOException {
    Product product =
        Product.packed().inDirectory(Files.createTempDirectory("gantry-serving-benchmark"));
    for (String recipe : RECIPES) {
      CommandResult trained = product.run("train", recipe, "--steps", "2", "--out", recipe);
      if (trained.exitCode() != 0) {
        throw new IllegalStateException(trained.err());
      }
    }
    try (ServedProduct server = ServedProduct.start(product, RECIPES.toArray(String[]::new))) {
      for (String recipe : RECIPES) {
        // One client alone also warms the virtual machine up.
        measure(server, recipe, 1, SECONDS / PARTS);
        for (int part = 0; part < PARTS; part++) {
          measure(server, recipe, CLIENTS, SECONDS / PARTS);
        }
      }
    }
    for (String recipe : RECIPES) {
      Path module = product.directory().resolve(recipe + ".pt");
      CommandResult exported = product.run("export", recipe, "--to", module.toString());
      if (exported.exitCode() != 0) {
        throw new IllegalStateException(exported.err());
      }
      measureInProcess(recipe, module, SECONDS / PARTS);
    }
  }

  private static void measureInProcess(String model, Path file, double seconds) {
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * NANOSECONDS);
    try (NDManager manager = NDManager.newBaseManager();
        ImportedModule module = ImportedModule.load(manager, file)) {
      ThreadCount.set(1);
      Shape shape = new Shape(1).addAll(module.takes().get(0).shape());
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        try (NDManager scratch = manager.newSubManager()) {
          module.apply(scratch, scratch.randomNormal(shape)).get(0).toFloatArray();
        }
        times.add(1e3 * (System.nanoTime() - start) / NANOSECONDS);
      }
    }
    times.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%s, in process: %.0f samples/s, p50 %.2f ms, p99 %.2f ms%n",
        model,
        times.size() / seconds,
        quantile(times, 0.5),
        quantile(times, 0.99));
  }

  private static void measure(ServedProduct server, String model, int clients, double seconds)
      throws IOException {
    long end = System.nanoTime() + (long) (seconds * NANOSECONDS);
    String before = ServedProduct.text(server.get("/metrics"));
    AtomicLong seeds = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<CompletableFuture<List<Double>>> running = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      running.add(CompletableFuture.supplyAsync(() -> ask(server, model, seeds, end), threads));
    }
    List<Double> times = new ArrayList<>();
    running.forEach(client -> times.addAll(client.join()));
    threads.shutdown();
    times.sort(null);
    String after = ServedProduct.text(server.get("/metrics"));
    double passes = difference(before, after, "gantry_pass_seconds_count", model);
    System.out.printf(
        Locale.ROOT,
        "%s, %d clients: %.0f requests/s, p50 %.1f ms, p99 %.1f ms; a pass takes %.1f ms and has"
            + " %.1f requests; the server has %d MiB%n",
        model,
        clients,
        times.size() / seconds,
        quantile(times, 0.5),
        quantile(times, 0.99),
        1e3 * difference(before, after, "gantry_pass_seconds_sum", model) / passes,
        difference(before, after, "gantry_batch_requests_sum", model) / passes,
        residentMebibytes(server));
  }

  private static List<Double> ask(ServedProduct server, String model, AtomicLong seeds, long end) {
    List<Double> milliseconds = new ArrayList<>();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      var answer =
          server.get(
              "/models/%s/samples?format=json&seed=%d".formatted(model, seeds.incrementAndGet()));
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(ServedProduct.text(answer));
      }
      milliseconds.add(1e3 * (System.nanoTime() - start) / NANOSECONDS);
    }
    return milliseconds;
  }

  private static double quantile(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }

  private static double difference(String before, String after, String figure, String model) {
    return value(after, figure, model) - value(before, figure, model);
  }

  private static double value(String metrics, String figure, String model) {
    Matcher line =
        Pattern.compile("^%s\\{model=\"%s\"} (.*)$".formatted(figure, model), Pattern.MULTILINE)
            .matcher(metrics);
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  /** The resident memory of the server; -1 where the system does not show it. */
  private static long residentMebibytes(ServedProduct server) throws IOException {
    Path status = Path.of("/proc", Long.toString(server.process().id()), "status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }
}
