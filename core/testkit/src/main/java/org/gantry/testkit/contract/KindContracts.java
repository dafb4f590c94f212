package org.gantry.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.kind.ComponentClassRules;
import org.gantry.kind.ComponentKindInfo;
import org.gantry.kind.KindTable;

/** The contracts of all kinds of component. */
public final class KindContracts {

  private static final Map<String, Function<ContractSubject, List<ContractCheck>>> BY_KIND =
      Map.ofEntries(
          Map.entry(ComponentKind.GENERATOR, ArchitectureContract::of),
          Map.entry(ComponentKind.DISCRIMINATOR, ArchitectureContract::of),
          Map.entry(ComponentKind.ENCODER, ArchitectureContract::of),
          Map.entry(ComponentKind.CONDITION, ArchitectureContract::of),
          Map.entry(ComponentKind.TOPOLOGY, TopologyContract::of),
          Map.entry(ComponentKind.LOSS, LossContract::of),
          Map.entry(ComponentKind.REGULARIZER, RegularizerContract::of),
          Map.entry(ComponentKind.DATASET, DatasetContract::of),
          Map.entry(ComponentKind.PRIOR, PriorContract::of),
          Map.entry(ComponentKind.OPTIMIZER, OptimizerContract::of),
          Map.entry(ComponentKind.METRIC, MetricContract::of),
          Map.entry(ComponentKind.SAMPLER, SamplerContract::of),
          Map.entry(ComponentKind.WATCHDOG, WatchdogContract::of),
          Map.entry(ComponentKind.CONSTRAINT, ConstraintContract::of));

  private KindContracts() {}

  /**
   * Returns the checks of a component, in reading order. Each check creates its own instance of the
   * component and can run alone. All checks need the engine.
   *
   * @return for a kind that a plugin adds, only the checks that the component can be created and
   *     implements the interface of its kind
   */
  public static List<ContractCheck> of(ContractSubject subject) {
    List<ContractCheck> checks = new ArrayList<>();
    checks.add(
        new ContractCheck(
            "it can be created",
            () ->
                ContractAssertions.require(
                    subject.factory().get() != null, "the component is null")));
    checks.add(
        new ContractCheck(
            "its constructor takes only options, of types that recipes can write",
            () -> requireCreatable(subject.factory().get().getClass())));
    checks.add(
        new ContractCheck(
            "it implements the interface of its kind",
            () -> requireKind(subject.kind(), subject.factory().get().getClass())));
    checks.addAll(BY_KIND.getOrDefault(subject.kind(), unknown -> List.of()).apply(subject));
    return checks;
  }

  private static void requireCreatable(Class<?> component) {
    if (!component.isAnnotationPresent(Component.class)) {
      throw new NotApplicableException("its class is not annotated with @Component");
    }
    Optional<String> problem = ComponentClassRules.problemOf(component);
    ContractAssertions.require(problem.isEmpty(), "%s", problem.orElse(""));
  }

  private static void requireKind(String kind, Class<?> component) {
    Optional<Class<?>> type = KindTable.find(kind).map(ComponentKindInfo::type);
    if (type.isPresent()) {
      ContractAssertions.require(
          type.get().isAssignableFrom(component),
          "%s does not implement %s, the interface of components of the kind %s",
          component.getName(),
          type.get().getName(),
          kind);
      return;
    }
    Set<String> kinds = new TreeSet<>();
    for (Class<?> c = component; c != null; c = c.getSuperclass()) {
      Stream.of(c.getInterfaces()).flatMap(i -> KindTable.namesOf(i).stream()).forEach(kinds::add);
    }
    ContractAssertions.require(
        kinds.isEmpty() || kinds.contains(kind),
        "%s is of the kind %s, but implements the interface of the kind %s",
        component.getName(),
        kind,
        String.join(", ", kinds));
  }

  /** Returns the kinds that have a contract. */
  static Set<String> kinds() {
    return BY_KIND.keySet();
  }
}
