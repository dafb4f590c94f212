package org.gantry.recipes.internal.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.component.ComponentKind;
import org.gantry.kind.ComponentKindInfo;
import org.gantry.kind.KindCardinality;
import org.gantry.kind.KindTable;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;

/** The keys of a recipe, the kinds of component at each, and their defaults. */
public final class RecipeFormat {

  public static final String NAME = "name";
  public static final String DATA = keyOf(ComponentKind.DATASET);
  public static final String TOPOLOGY = keyOf(ComponentKind.TOPOLOGY);
  public static final String PRIOR = keyOf(ComponentKind.PRIOR);
  public static final String NETWORKS = keyOf(ComponentKind.GENERATOR);
  public static final String LOSS = keyOf(ComponentKind.LOSS);
  public static final String REGULARIZERS = keyOf(ComponentKind.REGULARIZER);
  public static final String OPTIMIZER = keyOf(ComponentKind.OPTIMIZER);
  public static final String PLAYERS = "players";
  public static final String TRAIN = "train";
  public static final String METRICS = keyOf(ComponentKind.METRIC);
  public static final String SAMPLER = keyOf(ComponentKind.SAMPLER);
  public static final String WATCHDOGS = keyOf(ComponentKind.WATCHDOG);
  public static final String CHANGES = ScheduledChange.KEY;

  /** The key of the stages, each of which has all other keys but the name. */
  public static final String STAGES = "stages";

  /** The keys that do not hold components, with what they are for. */
  private static final Map<String, String> OTHER_KEYS =
      Map.of(
          NAME,
          "the recipe's name, after which run folders are named; by default the file's",
          PLAYERS,
          "settings of single players",
          TRAIN,
          "how long to train, on what batches, and what to record",
          CHANGES,
          "what changes during training, in order; 'gantry live' adds to it",
          STAGES,
          "recipes that are trained one after another; keys outside belong to all of them");

  /** The keys of a recipe without stages, in the order in which it is written. */
  public static final List<String> KEYS = keys();

  /** All keys, and that of the stages. */
  public static final List<String> KEYS_WITH_STAGES =
      Stream.concat(KEYS.stream(), Stream.of(STAGES)).toList();

  /** The keys that every recipe needs. */
  public static final List<String> REQUIRED =
      KindTable.all().stream()
          .filter(ComponentKindInfo::required)
          .map(ComponentKindInfo::key)
          .distinct()
          .toList();

  /** The keys that hold one component, or several by name, with the kind of the components. */
  public static final Map<String, String> SINGLE_KINDS =
      kindsByKey(KindCardinality.ONE, KindCardinality.ONE_OR_NAMED);

  /** The keys among them that can hold several components by name. */
  public static final Set<String> NAMED_KEYS = kindsByKey(KindCardinality.ONE_OR_NAMED).keySet();

  /** The name of the loss of the adversarial pairs that have none of their own. */
  public static final String DEFAULT_LOSS = "default";

  /** The keys that hold a list of components, with the kind of the components. */
  public static final Map<String, String> LIST_KINDS = kindsByKey(KindCardinality.LIST);

  /** The default components, by key. */
  public static final Map<String, String> DEFAULTS =
      KindTable.all().stream()
          .filter(kind -> kind.defaultName().isPresent())
          .collect(
              Collectors.toUnmodifiableMap(
                  ComponentKindInfo::key, kind -> kind.defaultName().get()));

  /** The kinds of architecture; the name of a role usually contains one as a word. */
  public static final List<String> ARCHITECTURES =
      KindTable.atKey(NETWORKS).stream().map(ComponentKindInfo::name).toList();

  private RecipeFormat() {}

  private static String keyOf(String kind) {
    return KindTable.find(kind).orElseThrow().key();
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>();
    keys.add(NAME);
    KindTable.ofRecipes().stream().map(ComponentKindInfo::key).distinct().forEach(keys::add);
    keys.addAll(keys.indexOf(OPTIMIZER) + 1, List.of(PLAYERS, TRAIN));
    keys.add(CHANGES);
    return List.copyOf(keys);
  }

  private static Map<String, String> kindsByKey(KindCardinality... cardinalities) {
    return KindTable.all().stream()
        .filter(kind -> List.of(cardinalities).contains(kind.cardinality()))
        .collect(Collectors.toUnmodifiableMap(ComponentKindInfo::key, ComponentKindInfo::name));
  }

  /** Whether several components by name are written at a key. */
  public static boolean holdsNames(String key, Optional<YamlValue> written) {
    return NAMED_KEYS.contains(key)
        && written.orElse(null) instanceof Mapping mapping
        && mapping.entries().size() > 1;
  }

  /** Describes a key in one line. */
  public static String description(String key) {
    if (key.equals(NETWORKS)) {
      return "the architectures, by role, or by kind for every role of that kind";
    }
    return Optional.ofNullable(OTHER_KEYS.get(key))
        .orElseGet(() -> KindTable.atKey(key).get(0).summary());
  }
}
