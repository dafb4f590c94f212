package org.gantry.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.distribution.Product.CommandResult;

/**
 * Measures the cost of a checkpoint. Trains {@code emoji-dcgan} with a checkpoint every few steps
 * and compares the steps that include a checkpoint with those that do not. Prints both medians and
 * the share of time that one checkpoint in a hundred steps takes.
 */
public final class CheckpointBenchmark {

  private static final int STEPS = 90;
  private static final int STEPS_PER_CHECKPOINT = 3;

  /** The first steps, in which the virtual machine and the engine warm up. */
  private static final int WARM = 15;

  private static final Pattern LINE = Pattern.compile("\"step\":(\\d+),\"seconds\":([\\d.E-]+)");

  private CheckpointBenchmark() {}

  /** Measures the product in {@code -Dgantry.home}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("gantry-benchmark");
    CommandResult answer =
        Product.packed()
            .inDirectory(folder)
            .run(
                "train",
                "emoji-dcgan",
                "--out",
                "run",
                "--steps",
                String.valueOf(STEPS),
                "--set",
                "train.log-every=1",
                "--set",
                "train.sample-every=0",
                "--set",
                "train.checkpoint-every=" + STEPS_PER_CHECKPOINT);
    if (answer.exitCode() != 0) {
      throw new IllegalStateException(answer.err());
    }
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    double before = 0;
    for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.find()) {
        throw new IllegalStateException(line);
      }
      long step = Long.parseLong(matcher.group(1));
      double seconds = Double.parseDouble(matcher.group(2));
      if (step > WARM) {
        // A line is written before the checkpoint of its step.
        (step % STEPS_PER_CHECKPOINT == 1 ? with : without).add(seconds - before);
      }
      before = seconds;
    }
    double step = median(without);
    double checkpoint = median(with) - step;
    System.out.printf(
        Locale.ROOT,
        "step %.0f ms, checkpoint %.0f ms, every 100 steps %.2f %%%n",
        1e3 * step,
        1e3 * checkpoint,
        checkpoint / step);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
