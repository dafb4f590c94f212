package org.gantry.cli.workers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.training.WorkerStrategy;

/** The names of strategies in commands and files, such as {@code all-reduce}. */
public final class StrategyNames {

  private StrategyNames() {}

  /** The name of a strategy. */
  public static String of(WorkerStrategy strategy) {
    return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The strategy that has the name, or empty. */
  public static Optional<WorkerStrategy> find(String name) {
    return Stream.of(WorkerStrategy.values()).filter(s -> of(s).equals(name)).findFirst();
  }

  /** All names, in order. */
  public static List<String> all() {
    return Stream.of(WorkerStrategy.values()).map(StrategyNames::of).toList();
  }
}
