package org.gantry.cli.workers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.training.WorkerStrategy;
import picocli.CommandLine.Option;

/** The options of commands that train with several workers. */
public final class WorkerOptions {

  private static final Pattern LOCAL =
      Pattern.compile("local(?:-cluster)?\\[(\\d{1,4})(,\\d+,\\d+)?]");
  private static final Pattern REMOTE = Pattern.compile("spark://[^\\s:,]+:\\d+(,[^\\s:,]+:\\d+)*");
  private static final int AVERAGE_EVERY = 20;
  private static final int SWAP_EVERY = 100;

  @Option(
      names = "--on",
      paramLabel = "CLUSTER",
      description =
          "Train with several workers on Apache Spark: spark://HOST:PORT,"
              + " local-cluster[N,CORES,MB], or local[N] for threads of one process.")
  private String on;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "The number of workers; by default the N of a local cluster.")
  private Integer workers;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description =
          "What workers exchange: all-reduce (gradients, the default), averaging (weights), or"
              + " multi-discriminator (gradients of the generator, and discriminators).")
  private String strategy;

  @Option(
      names = {"--average-every", "--swap-every"},
      paramLabel = "K",
      description =
          "Steps between two averages (by default 20) or swaps of discriminators (by default 100).")
  private Integer interval;

  @Option(
      names = "--worker-limit",
      paramLabel = "SECONDS",
      description = "After how long a worker that does not answer counts as lost; by default 600.")
  private Long limit;

  @Option(names = "--ship", description = "Send this installation to the workers.")
  private boolean ships;

  @Option(
      names = "--spark",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, such as spark.executor.memory=2g. Can be repeated.")
  private final Map<String, String> settings = new LinkedHashMap<>();

  /**
   * What the user asks for.
   *
   * @return empty for a training on this machine alone
   * @throws InvalidInputException if the options do not fit together
   */
  public Optional<WorkerRequest> request() {
    if (on == null) {
      requireNothingElse();
      return Optional.empty();
    }
    WorkerStrategy chosen = strategy();
    return Optional.of(
        new WorkerRequest(
            on,
            workers(),
            chosen,
            interval(chosen),
            requirePositive("--worker-limit", limit == null ? 600L : limit),
            ships,
            Map.copyOf(settings)));
  }

  private void requireNothingElse() {
    if (workers != null
        || strategy != null
        || interval != null
        || limit != null
        || ships
        || !settings.isEmpty()) {
      throw new InvalidInputException(
          "options of workers need a cluster", "Add --on, such as --on local[2].");
    }
  }

  private int workers() {
    Matcher local = LOCAL.matcher(on);
    boolean isLocal = local.matches() && on.startsWith("local-") == (local.group(2) != null);
    if (!isLocal && !REMOTE.matcher(on).matches()) {
      throw new InvalidInputException(
          "--on %s: expected spark://HOST:PORT, local-cluster[N,CORES,MB] or local[N]"
              .formatted(on),
          "For two workers on this machine, use --on 'local-cluster[2,1,1024]'.");
    }
    if (workers == null && !isLocal) {
      throw new InvalidInputException(
          "--on %s: expected the number of workers".formatted(on),
          "Add --workers, such as --workers 2.");
    }
    int count = workers == null ? Integer.parseInt(local.group(1)) : workers;
    return (int) requirePositive("--workers", count);
  }

  private WorkerStrategy strategy() {
    if (strategy == null) {
      return WorkerStrategy.ALL_REDUCE;
    }
    return StrategyNames.find(strategy)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--strategy %s: expected one of %s"
                        .formatted(strategy, String.join(", ", StrategyNames.all())),
                    ""));
  }

  private int interval(WorkerStrategy chosen) {
    if (interval == null) {
      return chosen == WorkerStrategy.AVERAGING ? AVERAGE_EVERY : SWAP_EVERY;
    } else if (chosen == WorkerStrategy.ALL_REDUCE) {
      throw new InvalidInputException(
          "--average-every %d: all-reduce exchanges gradients at every step".formatted(interval),
          "Add --strategy averaging or --strategy multi-discriminator.");
    }
    return (int) requirePositive("--average-every", interval);
  }

  private static long requirePositive(String option, long value) {
    if (value < 1) {
      throw new InvalidInputException(
          "%s %d: expected a number of at least 1".formatted(option, value), "");
    }
    return value;
  }
}
