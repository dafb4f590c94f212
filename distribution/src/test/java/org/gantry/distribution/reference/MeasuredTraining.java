package org.gantry.distribution.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.distribution.Product;
import org.gantry.distribution.Product.RunningCommand;

/**
 * One training as a user starts it, with watchdogs, checkpoints and metrics.
 *
 * @param milliseconds the time of a step
 * @param processorMilliseconds the processor time of a step, of all threads of the process
 * @param peakMebibytes the most memory that the process had
 * @param firstStepSeconds the time from the command to the first step
 */
record MeasuredTraining(
    double milliseconds,
    double processorMilliseconds,
    long peakMebibytes,
    double firstStepSeconds) {

  private static final Pattern STEP = Pattern.compile("\"step\":(\\d+),\"seconds\":([\\d.E-]+)");

  private record Reading(long step, double seconds, double processorSeconds) {}

  /**
   * Trains for some seconds after some that warm up, then interrupts the training.
   *
   * @param folder a new folder for the run
   */
  static MeasuredTraining of(
      Product product, ReferenceGame game, List<String> further, Path folder, double seconds) {
    List<String> words =
        new ArrayList<>(List.of("train", game.recipe(), "--out", folder.toString()));
    words.addAll(List.of("--steps", "10000000"));
    List<String> changes = new ArrayList<>(game.changes());
    changes.addAll(further);
    changes.forEach(change -> words.addAll(List.of("--set", change)));
    long start = System.nanoTime();
    Path metrics = folder.resolve("metrics.jsonl");
    try (RunningCommand running = product.start(words.toArray(String[]::new))) {
      running.await(() -> Files.exists(metrics) && step(metrics) > 0);
      double first = since(start);
      double warm = first + Math.max(seconds / 2, 2);
      running.await(() -> since(start) > warm);
      Reading from = nextReading(running, metrics);
      double end = since(start) + seconds;
      running.await(() -> since(start) > end);
      Reading to = nextReading(running, metrics);
      long peak = peakMebibytes(running.id());
      running.terminate();
      running.awaitResult();
      double steps = to.step() - from.step();
      return new MeasuredTraining(
          1e3 * (to.seconds() - from.seconds()) / steps,
          1e3 * (to.processorSeconds() - from.processorSeconds()) / steps,
          peak,
          first);
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Waits for the next line of the metrics. */
  private static Reading nextReading(RunningCommand running, Path metrics) {
    long before = step(metrics);
    running.await(() -> step(metrics) > before);
    double used = processorSeconds(running.id());
    Matcher line = lastLine(metrics);
    return new Reading(Long.parseLong(line.group(1)), Double.parseDouble(line.group(2)), used);
  }

  private static long step(Path metrics) {
    Matcher line = lastLine(metrics);
    return line == null ? 0 : Long.parseLong(line.group(1));
  }

  private static Matcher lastLine(Path metrics) {
    try {
      Matcher last = null;
      for (String line : Files.readAllLines(metrics)) {
        Matcher matcher = STEP.matcher(line);
        last = matcher.find() ? matcher : last;
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double processorSeconds(long process) {
    return ProcessHandle.of(process)
            .flatMap(handle -> handle.info().totalCpuDuration())
            .map(Duration::toNanos)
            .orElseThrow()
        / 1e9;
  }

  private static long peakMebibytes(long process) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
      throw new IllegalStateException("the system does not report the peak");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
