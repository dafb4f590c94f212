package org.gantry.recipes.internal;

import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.recipes.ScheduledChange;

/** The keys of a recipe, and what it means when one is absent. */
final class RecipeFormat {

  static final String NAME = "name";
  static final String DATA = "data";
  static final String PRIOR = "prior";
  static final String TOPOLOGY = "topology";
  static final String NETWORKS = "networks";
  static final String LOSS = "loss";
  static final String REGULARIZERS = "regularizers";
  static final String OPTIMIZER = "optimizer";
  static final String PLAYERS = "players";
  static final String TRAIN = "train";
  static final String METRICS = "metrics";
  static final String SAMPLER = "sampler";
  static final String WATCHDOGS = "watchdogs";
  static final String CHANGES = ScheduledChange.KEY;

  /** The keys of a recipe, in the order in which it is written. */
  static final List<String> KEYS =
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

  /** The keys without which a recipe is none. */
  static final List<String> REQUIRED = List.of(DATA, NETWORKS);

  /** The keys that hold one component, with its kind. */
  static final Map<String, String> SINGLE_KINDS =
      Map.of(
          DATA, ComponentKind.DATASET,
          PRIOR, ComponentKind.PRIOR,
          TOPOLOGY, ComponentKind.TOPOLOGY,
          LOSS, ComponentKind.LOSS,
          OPTIMIZER, ComponentKind.OPTIMIZER,
          SAMPLER, ComponentKind.SAMPLER);

  /** The keys that hold a list of components, with their kind. */
  static final Map<String, String> LIST_KINDS =
      Map.of(
          REGULARIZERS,
          ComponentKind.REGULARIZER,
          METRICS,
          ComponentKind.METRIC,
          WATCHDOGS,
          ComponentKind.WATCHDOG);

  /** The components that a recipe has when it names none, by key. */
  static final Map<String, String> DEFAULTS =
      Map.of(
          PRIOR, "normal",
          TOPOLOGY, "unconditional",
          LOSS, "non-saturating",
          OPTIMIZER, "adam",
          SAMPLER, "random");

  /** The kinds of network, one of which is a word of every role's name. */
  static final List<String> ARCHITECTURES =
      List.of(ComponentKind.GENERATOR, ComponentKind.DISCRIMINATOR, ComponentKind.ENCODER);

  private RecipeFormat() {}

  /** What a key is for, in one line. */
  static String description(String key) {
    return switch (key) {
      case NAME -> "the recipe's name, which names run folders; by default the file's";
      case DATA -> "where real samples come from";
      case PRIOR -> "the distribution of latent codes";
      case TOPOLOGY -> "how data, noise and networks are wired";
      case NETWORKS -> "the architectures, by role, or by kind for every role of that kind";
      case LOSS -> "what generators and discriminators play for";
      case REGULARIZERS -> "edits of the training, in order";
      case OPTIMIZER -> "how parameters move";
      case PLAYERS -> "what differs for a single player";
      case TRAIN -> "how long to train and what to write down";
      case METRICS -> "what to evaluate";
      case SAMPLER -> "how a trained run produces samples";
      case WATCHDOGS -> "what looks out for trouble; by default all that are installed, which warn";
      case CHANGES -> "what changes while it trains, in order; 'gantry live' adds to it";
      default -> throw new IllegalArgumentException(key);
    };
  }
}
