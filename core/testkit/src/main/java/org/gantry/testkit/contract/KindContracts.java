package org.gantry.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gantry.component.ComponentKind;

/** The contracts of all kinds of component. */
public final class KindContracts {

  private static final Map<String, Function<ContractSubject, List<ContractCheck>>> BY_KIND =
      Map.ofEntries(
          Map.entry(ComponentKind.GENERATOR, ArchitectureContract::of),
          Map.entry(ComponentKind.DISCRIMINATOR, ArchitectureContract::of),
          Map.entry(ComponentKind.ENCODER, ArchitectureContract::of),
          Map.entry(ComponentKind.TOPOLOGY, TopologyContract::of),
          Map.entry(ComponentKind.LOSS, LossContract::of),
          Map.entry(ComponentKind.REGULARIZER, RegularizerContract::of),
          Map.entry(ComponentKind.DATASET, DatasetContract::of),
          Map.entry(ComponentKind.PRIOR, PriorContract::of),
          Map.entry(ComponentKind.OPTIMIZER, OptimizerContract::of),
          Map.entry(ComponentKind.METRIC, MetricContract::of),
          Map.entry(ComponentKind.SAMPLER, SamplerContract::of),
          Map.entry(ComponentKind.WATCHDOG, WatchdogContract::of));

  private KindContracts() {}

  /**
   * Returns the checks of a component, in reading order. Each check creates its own instance of the
   * component and can run alone. All checks need the engine.
   *
   * @return for a kind that a plugin adds, only the check that the component can be created
   */
  public static List<ContractCheck> of(ContractSubject subject) {
    List<ContractCheck> checks = new ArrayList<>();
    checks.add(
        new ContractCheck(
            "it can be created",
            () ->
                ContractAssertions.require(
                    subject.factory().get() != null, "the component is null")));
    checks.addAll(BY_KIND.getOrDefault(subject.kind(), unknown -> List.of()).apply(subject));
    return checks;
  }
}
