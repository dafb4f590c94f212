package org.gantry.recipes.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.recipes.Settings;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Value.Sequence;
import org.gantry.recipes.text.Wording;

/**
 * What a recipe says, every name resolved and every option bound.
 *
 * @param name the recipe's name
 * @param single the choice at each key that holds one component
 * @param networks the architectures, by role or kind
 * @param networksPlace where they are listed
 * @param lists the choices at each key that holds a list
 * @param troubles what stands beside each watchdog
 * @param players what differs for single players
 * @param settings what {@code train} says
 * @param batch where the size of a batch is written
 * @param keepBest where the value whose best checkpoint is kept is written
 * @param planned what changes while it trains
 */
record Recipe(
    String name,
    Map<String, Choice> single,
    Map<String, Choice> networks,
    Place networksPlace,
    Map<String, List<Choice>> lists,
    List<Troubles> troubles,
    Map<String, Player> players,
    Settings settings,
    Place batch,
    Place keepBest,
    List<Planned> planned) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * What differs for one player.
   *
   * @param place where its name is written
   * @param settings updates in each step, and what its rate is multiplied by
   * @param optimizer its own optimizer, if it has one
   */
  record Player(Place place, PlayerSettings settings, Optional<Choice> optimizer) {}

  /** The name of a file as a recipe's name, which is more restricted. */
  static String nameFrom(String file) {
    String name = file.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
    return name.isEmpty() ? "recipe" : name;
  }

  /** Every choice, in the order of the recipe. */
  List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    for (String key : RecipeFormat.KEYS) {
      Optional.ofNullable(single.get(key)).ifPresent(choices::add);
      choices.addAll(lists.getOrDefault(key, List.of()));
      if (key.equals(RecipeFormat.NETWORKS)) {
        choices.addAll(networks.values());
      } else if (key.equals(RecipeFormat.PLAYERS)) {
        players.values().stream().flatMap(p -> p.optimizer().stream()).forEach(choices::add);
      } else if (key.equals(RecipeFormat.WATCHDOGS)) {
        troubles.forEach(t -> choices.addAll(t.added()));
      } else if (key.equals(RecipeFormat.CHANGES)) {
        planned.forEach(plan -> plan.named().ifPresent(choices::add));
      }
    }
    return choices;
  }

  /** This recipe with all that a recipe can leave out; reading it gives an equal one. */
  Mapping spelled(Place place) {
    Spelling spelling = new Spelling(place);
    List<Entry> entries = new ArrayList<>();
    for (String key : RecipeFormat.KEYS) {
      value(key, place, spelling).ifPresent(value -> entries.add(new Entry(key, place, value)));
    }
    return new Mapping(entries, place);
  }

  private Optional<Value> value(String key, Place place, Spelling spelling) {
    if (single.containsKey(key)) {
      return Optional.of(single.get(key).spelled(spelling));
    } else if (key.equals(RecipeFormat.WATCHDOGS)) {
      List<Value> items = new ArrayList<>();
      for (int i = 0; i < troubles.size(); i++) {
        items.add(troubles.get(i).spelled(lists.get(key).get(i), spelling));
      }
      return Optional.of(new Sequence(items, place));
    } else if (lists.containsKey(key)) {
      List<Value> items = lists.get(key).stream().map(c -> c.spelled(spelling)).toList();
      return Optional.of(new Sequence(items, place));
    }
    return switch (key) {
      case RecipeFormat.NAME -> Optional.of(spelling.text(name));
      case RecipeFormat.TRAIN -> Optional.of(spelling.options(settings));
      case RecipeFormat.CHANGES ->
          planned.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Sequence(planned.stream().map(p -> (Value) p.written()).toList(), place));
      case RecipeFormat.NETWORKS ->
          Optional.of(
              new Mapping(
                  networks.entrySet().stream()
                      .map(e -> new Entry(e.getKey(), place, e.getValue().spelled(spelling)))
                      .toList(),
                  place));
      default ->
          players.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Mapping(
                      players.entrySet().stream()
                          .map(e -> new Entry(e.getKey(), place, player(e.getValue(), spelling)))
                          .toList(),
                      place));
    };
  }

  private static Mapping player(Player player, Spelling spelling) {
    Mapping settings = spelling.options(player.settings());
    return player
        .optimizer()
        .map(choice -> settings.with(RecipeFormat.OPTIMIZER, choice.spelled(spelling)))
        .orElse(settings);
  }

  /**
   * Reads a recipe.
   *
   * @param fallbackName its name, if it states none
   * @param start the start of its file
   * @return empty if there were problems
   */
  static Optional<Recipe> read(
      Mapping recipe, String fallbackName, Place start, Chooser chooser, Problems problems) {
    Reader reader = new Reader(recipe, start, chooser, problems);
    Recipe read = reader.recipe(fallbackName);
    return problems.isEmpty() ? Optional.of(read) : Optional.empty();
  }

  /** Reads the keys one by one; what cannot be read is a problem and left out. */
  private record Reader(Mapping recipe, Place start, Chooser chooser, Problems problems) {

    Recipe recipe(String fallbackName) {
      refuseUnknown("A recipe", recipe, RecipeFormat.KEYS);
      for (String key : RecipeFormat.REQUIRED) {
        if (recipe.entry(key).isEmpty()) {
          problems.add(
              start,
              "The recipe has no " + Wording.quoted(key) + ": " + RecipeFormat.doc(key) + ".",
              key.equals(RecipeFormat.DATA)
                  ? "Write 'data: NAME'; a data set is the least that a recipe names."
                  : "Write 'networks:', and below it, indented, 'generator: NAME' and"
                      + " 'discriminator: NAME'.");
        }
      }
      Map<String, Choice> single = new LinkedHashMap<>();
      Map<String, List<Choice>> lists = new LinkedHashMap<>();
      for (String key : RecipeFormat.KEYS) {
        if (RecipeFormat.SINGLE.containsKey(key)) {
          single(key).ifPresent(choice -> single.put(key, choice));
        } else if (RecipeFormat.LISTS.containsKey(key)) {
          lists.put(key, list(key));
        }
      }
      Map<String, Choice> networks = new LinkedHashMap<>();
      for (Entry entry : below(RecipeFormat.NETWORKS).entries()) {
        chooser
            .network(entry.key(), entry.value(), RecipeFormat.NETWORKS + "." + entry.key())
            .ifPresent(choice -> networks.put(entry.key(), choice));
      }
      Map<String, Player> players = new LinkedHashMap<>();
      for (Entry entry : below(RecipeFormat.PLAYERS).entries()) {
        player(entry).ifPresent(player -> players.put(entry.key(), player));
      }
      Settings settings = settings();
      Place networksPlace = recipe.entry(RecipeFormat.NETWORKS).map(Entry::place).orElse(start);
      return new Recipe(
          name(fallbackName),
          single,
          networks,
          networksPlace,
          lists,
          troubles(),
          players,
          settings,
          setting("batch"),
          setting("keep-best"),
          recipe
              .get(RecipeFormat.CHANGES)
              .map(written -> Planned.read(written, chooser, problems))
              .orElse(List.of()));
    }

    private String name(String fallback) {
      Optional<Value> written = recipe.get(RecipeFormat.NAME);
      if (written.isEmpty()) {
        return fallback;
      }
      if (written.get() instanceof Scalar name && NAME.matcher(name.text()).matches()) {
        return name.text();
      }
      problems.addUnexpected(
          written.get().place(),
          "'name' expects",
          "letters, digits, '.', '_' and '-'",
          written.get().found(),
          "It names a folder.");
      return fallback;
    }

    private Optional<Choice> single(String key) {
      Optional<Value> written = recipe.get(key);
      if (written.isPresent()) {
        return chooser.choose(RecipeFormat.SINGLE.get(key), written.get(), key);
      }
      return RecipeFormat.STANDARD.containsKey(key)
          ? chooser.standard(key, start)
          : Optional.empty();
    }

    private List<Choice> list(String key) {
      Optional<Value> written = recipe.get(key);
      if (written.isEmpty() || written.get().isNothing()) {
        return List.of();
      }
      List<Choice> choices = new ArrayList<>();
      if (written.get() instanceof Sequence sequence) {
        for (int i = 0; i < sequence.items().size(); i++) {
          Value item = sequence.items().get(i);
          chooser
              .choose(
                  RecipeFormat.LISTS.get(key),
                  key.equals(RecipeFormat.WATCHDOGS) ? Troubles.watchdog(item) : item,
                  key + "[" + i + "]")
              .ifPresent(choices::add);
        }
      } else {
        problems.addUnexpected(
            written.get().place(),
            Wording.quoted(key) + " expects",
            "a list",
            written.get().found(),
            "Write each on a line of its own, indented, with '- ' before its name.");
      }
      return choices;
    }

    private List<Troubles> troubles() {
      List<Troubles> troubles = new ArrayList<>();
      if (recipe.get(RecipeFormat.WATCHDOGS).orElse(null) instanceof Sequence sequence) {
        for (int i = 0; i < sequence.items().size(); i++) {
          String path = RecipeFormat.WATCHDOGS + "[" + i + "]";
          troubles.add(Troubles.read(sequence.items().get(i), path, chooser, problems));
        }
      }
      return troubles;
    }

    private Mapping below(String key) {
      Optional<Value> written = recipe.get(key);
      if (written.isPresent() && written.get() instanceof Mapping mapping) {
        return mapping;
      }
      boolean nothing = written.isEmpty() || written.get().isNothing();
      if (!nothing) {
        problems.addUnexpected(
            written.get().place(),
            Wording.quoted(key) + " expects",
            "'key: value' lines",
            written.get().found(),
            "Write them below it, indented.");
      }
      return Mapping.empty(start);
    }

    /** Where a setting is written, or else where it would be. */
    private Place setting(String name) {
      return recipe
          .get(RecipeFormat.TRAIN)
          .filter(Mapping.class::isInstance)
          .flatMap(train -> ((Mapping) train).entry(name))
          .or(() -> recipe.entry(RecipeFormat.TRAIN))
          .map(Entry::place)
          .orElse(start);
    }

    private Settings settings() {
      Place place = recipe.entry(RecipeFormat.TRAIN).map(Entry::place).orElse(start);
      return new Binder(problems)
          .bind(Settings.class, below(RecipeFormat.TRAIN), RecipeFormat.TRAIN, place)
          .orElse(null);
    }

    private Optional<Player> player(Entry entry) {
      String path = RecipeFormat.PLAYERS + "." + entry.key();
      if (!(entry.value() instanceof Mapping mapping)) {
        problems.addUnexpected(
            entry.value().place(),
            Wording.quoted(path) + " expects",
            "'updates', 'rate' or 'optimizer'",
            entry.value().found(),
            "Write '" + entry.key() + ": {updates: 5}'.");
        return Optional.empty();
      }
      refuseUnknown(
          Wording.quoted(path), mapping, List.of("updates", "rate", RecipeFormat.OPTIMIZER));
      List<Entry> plain =
          mapping.entries().stream()
              .filter(e -> List.of("updates", "rate").contains(e.key()))
              .toList();
      Optional<PlayerSettings> settings =
          new Binder(problems)
              .bind(PlayerSettings.class, new Mapping(plain, mapping.place()), path, entry.place());
      Optional<Choice> optimizer =
          mapping
              .get(RecipeFormat.OPTIMIZER)
              .flatMap(
                  value ->
                      chooser.choose(
                          RecipeFormat.SINGLE.get(RecipeFormat.OPTIMIZER),
                          value,
                          path + "." + RecipeFormat.OPTIMIZER));
      return settings.map(s -> new Player(entry.place(), s, optimizer));
    }

    private void refuseUnknown(String owner, Mapping mapping, List<String> keys) {
      for (Entry entry : mapping.entries()) {
        if (!keys.contains(entry.key())) {
          problems.add(
              entry.place(),
              owner + " has no " + Wording.quoted(entry.key()) + ".",
              Nearest.hint(entry.key(), keys)
                  + "Its keys are "
                  + Wording.quoted(keys, "and")
                  + ".");
        }
      }
    }
  }
}
