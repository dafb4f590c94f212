package org.gantry.kind;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.component.KindInterface;
import org.gantry.constraint.Constraint;
import org.gantry.data.Dataset;
import org.gantry.loss.Loss;
import org.gantry.metric.Metric;
import org.gantry.optimizer.Optimizer;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.sampler.Sampler;
import org.gantry.topology.Topology;
import org.gantry.watchdog.Watchdog;

/**
 * The kinds of component that the host composes, in the order in which a recipe is written, and
 * those that other files hold. The recipe format, the JSON schema, the completion of words, the
 * templates of plugins and the test kit follow this table.
 */
public final class KindTable {

  private static final List<ComponentKindInfo> ALL =
      List.of(
          required(
              ComponentKind.DATASET,
              Dataset.class,
              "data",
              KindCardinality.ONE_OR_NAMED,
              "the data set, which real samples come from"),
          withDefault(
              ComponentKind.PRIOR,
              Prior.class,
              "prior",
              "normal",
              "the distribution of latent codes"),
          withDefault(
              ComponentKind.TOPOLOGY,
              Topology.class,
              "topology",
              "unconditional",
              "how data, latent codes and networks are connected"),
          network(ComponentKind.GENERATOR, "makes samples from latent codes"),
          network(ComponentKind.DISCRIMINATOR, "scores samples"),
          network(ComponentKind.ENCODER, "maps samples to latent codes"),
          network(ComponentKind.CONDITION, "turns a label or a text into numbers for networks"),
          new ComponentKindInfo(
              ComponentKind.LOSS,
              Loss.class,
              "loss",
              KindCardinality.ONE_OR_NAMED,
              false,
              Optional.of("non-saturating"),
              "what generators and discriminators minimise"),
          list(
              ComponentKind.REGULARIZER,
              Regularizer.class,
              "regularizers",
              "changes of the training graph, in order"),
          withDefault(
              ComponentKind.OPTIMIZER,
              Optimizer.class,
              "optimizer",
              "adam",
              "how parameters are updated"),
          list(ComponentKind.METRIC, Metric.class, "metrics", "what an evaluation computes"),
          withDefault(
              ComponentKind.SAMPLER,
              Sampler.class,
              "sampler",
              "random",
              "how a trained run produces samples"),
          list(
              ComponentKind.WATCHDOG,
              Watchdog.class,
              "watchdogs",
              "what watches for training problems; by default all that are installed, which warn"),
          new ComponentKindInfo(
              ComponentKind.CONSTRAINT,
              Constraint.class,
              "constraints",
              KindCardinality.NONE,
              false,
              Optional.empty(),
              "what an edited picture should be like"));

  private KindTable() {}

  /** Returns all kinds: those of a recipe in the order in which it is written, then the others. */
  public static List<ComponentKindInfo> all() {
    return ALL;
  }

  /** Returns the kinds whose components a recipe holds. */
  public static List<ComponentKindInfo> ofRecipes() {
    return ALL.stream().filter(kind -> kind.cardinality() != KindCardinality.NONE).toList();
  }

  /** Returns a kind by its name; empty for a kind that a plugin adds. */
  public static Optional<ComponentKindInfo> find(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /** Returns the kinds whose components a recipe holds at a key; none for another key. */
  public static List<ComponentKindInfo> atKey(String key) {
    return ofRecipes().stream().filter(kind -> kind.key().equals(key)).toList();
  }

  /**
   * Returns the names of the kinds that an interface belongs to: those of the host whose interface
   * it is or extends, or the one that {@link KindInterface} names on it or on an interface that it
   * extends.
   */
  public static List<String> namesOf(Class<?> type) {
    if (!type.isInterface()) {
      return List.of();
    }
    return Stream.concat(
            ALL.stream()
                .filter(kind -> kind.type().isAssignableFrom(type))
                .map(ComponentKindInfo::name),
            added(type))
        .distinct()
        .toList();
  }

  private static Stream<String> added(Class<?> type) {
    return Stream.concat(
        Stream.ofNullable(type.getAnnotation(KindInterface.class)).map(KindInterface::kind),
        Stream.of(type.getInterfaces()).flatMap(KindTable::added));
  }

  private static ComponentKindInfo required(
      String name, Class<?> type, String key, KindCardinality cardinality, String summary) {
    return new ComponentKindInfo(name, type, key, cardinality, true, Optional.empty(), summary);
  }

  private static ComponentKindInfo withDefault(
      String name, Class<?> type, String key, String defaultName, String summary) {
    return new ComponentKindInfo(
        name, type, key, KindCardinality.ONE, false, Optional.of(defaultName), summary);
  }

  private static ComponentKindInfo list(String name, Class<?> type, String key, String summary) {
    return new ComponentKindInfo(
        name, type, key, KindCardinality.LIST, false, Optional.empty(), summary);
  }

  private static ComponentKindInfo network(String name, String summary) {
    return required(name, Architecture.class, "networks", KindCardinality.BY_ROLE, summary);
  }
}
