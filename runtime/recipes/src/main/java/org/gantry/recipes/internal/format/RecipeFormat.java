package org.gantry.recipes.internal.format;

import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.recipes.ScheduledChange;

/** The keys of a recipe, the kinds of component at each, and their defaults. */
public final class RecipeFormat {

  public static final String NAME = "name";
  public static final String DATA = "data";
  public static final String PRIOR = "prior";
  public static final String TOPOLOGY = "topology";
  public static final String NETWORKS = "networks";
  public static final String LOSS = "loss";
  public static final String REGULARIZERS = "regularizers";
  public static final String OPTIMIZER = "optimizer";
  public static final String PLAYERS = "players";
  public static final String TRAIN = "train";
  public static final String METRICS = "metrics";
  public static final String SAMPLER = "sampler";
  public static final String WATCHDOGS = "watchdogs";
  public static final String CHANGES = ScheduledChange.KEY;

  /** All keys, in the order in which a recipe is written. */
  public static final List<String> KEYS =
      List.of(
          NAME,
          DATA,
          PRIOR,
          TOPOLOGY,
          NETWORKS,
          LOSS,
          REGULARIZERS,
          OPTIMIZER,
          PLAYERS,
          TRAIN,
          METRICS,
          SAMPLER,
          WATCHDOGS,
          CHANGES);

  /** The keys that every recipe needs. */
  public static final List<String> REQUIRED = List.of(DATA, NETWORKS);

  /** The keys that hold one component, with the kind of the component. */
  public static final Map<String, String> SINGLE_KINDS =
      Map.of(
          DATA, ComponentKind.DATASET,
          PRIOR, ComponentKind.PRIOR,
          TOPOLOGY, ComponentKind.TOPOLOGY,
          LOSS, ComponentKind.LOSS,
          OPTIMIZER, ComponentKind.OPTIMIZER,
          SAMPLER, ComponentKind.SAMPLER);

  /** The keys that hold a list of components, with the kind of the components. */
  public static final Map<String, String> LIST_KINDS =
      Map.of(
          REGULARIZERS,
          ComponentKind.REGULARIZER,
          METRICS,
          ComponentKind.METRIC,
          WATCHDOGS,
          ComponentKind.WATCHDOG);

  /** The default components, by key. */
  public static final Map<String, String> DEFAULTS =
      Map.of(
          PRIOR, "normal",
          TOPOLOGY, "unconditional",
          LOSS, "non-saturating",
          OPTIMIZER, "adam",
          SAMPLER, "random");

  /** The kinds of architecture; the name of a role usually contains one as a word. */
  public static final List<String> ARCHITECTURES =
      List.of(ComponentKind.GENERATOR, ComponentKind.DISCRIMINATOR, ComponentKind.ENCODER);

  private RecipeFormat() {}

  /** Describes a key in one line. */
  public static String description(String key) {
    return switch (key) {
      case NAME -> "the recipe's name, after which run folders are named; by default the file's";
      case DATA -> "the data set, which real samples come from";
      case PRIOR -> "the distribution of latent codes";
      case TOPOLOGY -> "how data, latent codes and networks are connected";
      case NETWORKS -> "the architectures, by role, or by kind for every role of that kind";
      case LOSS -> "what generators and discriminators minimise";
      case REGULARIZERS -> "changes of the training graph, in order";
      case OPTIMIZER -> "how parameters are updated";
      case PLAYERS -> "settings of single players";
      case TRAIN -> "how long to train, on what batches, and what to record";
      case METRICS -> "what an evaluation computes";
      case SAMPLER -> "how a trained run produces samples";
      case WATCHDOGS ->
          "what watches for training problems; by default all that are installed, which warn";
      case CHANGES -> "what changes during training, in order; 'gantry live' adds to it";
      default -> throw new IllegalArgumentException(key);
    };
  }
}
