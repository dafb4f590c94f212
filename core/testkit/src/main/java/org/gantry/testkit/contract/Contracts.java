package org.gantry.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gantry.component.Kind;

/** The contract of each kind of component. */
public final class Contracts {

  private static final Map<String, Function<Subject, List<Check>>> BY_KIND =
      Map.ofEntries(
          Map.entry(Kind.GENERATOR, ArchitectureContract::of),
          Map.entry(Kind.DISCRIMINATOR, ArchitectureContract::of),
          Map.entry(Kind.ENCODER, ArchitectureContract::of),
          Map.entry(Kind.TOPOLOGY, TopologyContract::of),
          Map.entry(Kind.LOSS, LossContract::of),
          Map.entry(Kind.REGULARIZER, RegularizerContract::of),
          Map.entry(Kind.DATASET, DatasetContract::of),
          Map.entry(Kind.PRIOR, PriorContract::of),
          Map.entry(Kind.OPTIMIZER, OptimizerContract::of),
          Map.entry(Kind.METRIC, MetricContract::of),
          Map.entry(Kind.SAMPLER, SamplerContract::of),
          Map.entry(Kind.WATCHDOG, WatchdogContract::of));

  private Contracts() {}

  /**
   * What a component promises, in an order in which to read it. Each check makes its own instance
   * and can be run alone; all need the engine.
   *
   * @return of a kind that somebody else has added, only that it can be created
   */
  public static List<Check> of(Subject subject) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "it can be created",
            () -> Expect.that(subject.fresh().get() != null, "nothing was created")));
    checks.addAll(BY_KIND.getOrDefault(subject.kind(), unknown -> List.of()).apply(subject));
    return checks;
  }
}
