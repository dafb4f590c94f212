package org.gantry.recipes.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.component.Kind;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.Scheduled;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Value.Sequence;
import org.gantry.recipes.text.Wording;
import org.gantry.recipes.text.YamlWriter;

/**
 * A change that takes effect while a recipe trains, as the recipe writes it: {@code {after: 500,
 * set: loss, to: hinge}} or {@code {after: 800, remove: regularizers.packing}}.
 *
 * @param place where it is written
 * @param scheduled what it means
 * @param named the component that it brings, if it brings one
 * @param written as the recipe has it, with all that could be left out
 */
record Planned(Place place, Scheduled scheduled, Optional<Choice> named, Mapping written) {

  static final String AFTER = "after";
  static final String SET = "set";
  static final String TO = "to";
  static final String REMOVE = "remove";
  static final List<String> KEYS = List.of(AFTER, SET, TO, REMOVE);

  private static final Pattern REGULARIZER =
      Pattern.compile(RecipeFormat.REGULARIZERS + "\\[(\\d{1,6}|\\+)\\]");
  private static final Pattern OPTIMIZER =
      Pattern.compile("(" + RecipeFormat.PLAYERS + "\\.[^.]+\\.)?" + RecipeFormat.OPTIMIZER);

  /** Reads all of a recipe; what cannot be read is among the problems. */
  static List<Planned> read(Value written, Chooser chooser, Problems problems) {
    List<Planned> planned = new ArrayList<>();
    if (written instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        String path = RecipeFormat.CHANGES + "[" + i + "]";
        new Reading(path, chooser, problems).entry(sequence.items().get(i)).ifPresent(planned::add);
      }
    } else if (!written.isNothing()) {
      problems.addUnexpected(
          written.place(),
          Wording.quoted(RecipeFormat.CHANGES) + " expects",
          "a list",
          written.found(),
          "Write each on a line of its own: '- {after: 500, set: loss, to: hinge}'.");
    }
    return planned;
  }

  /** One entry. */
  private record Reading(String path, Chooser chooser, Problems problems) {

    Optional<Planned> entry(Value item) {
      if (!(item instanceof Mapping mapping)
          || mapping.entry(AFTER).isEmpty()
          || mapping.entry(SET).isPresent() == mapping.entry(REMOVE).isPresent()
          || mapping.entry(SET).isPresent() != mapping.entry(TO).isPresent()) {
        problems.add(
            item.place(),
            Wording.quoted(path) + " expects 'after' with 'set' and 'to', or with 'remove'.",
            "Write '{after: 500, set: loss, to: hinge}' or '{after: 500, remove:"
                + " regularizers.NAME}'.");
        return Optional.empty();
      }
      for (Entry entry : mapping.entries()) {
        if (!KEYS.contains(entry.key())) {
          problems.add(
              entry.place(),
              Wording.quoted(path) + " has no " + Wording.quoted(entry.key()) + ".",
              Nearest.hint(entry.key(), KEYS)
                  + "Its keys are "
                  + Wording.quoted(KEYS, "and")
                  + ".");
          return Optional.empty();
        }
      }
      Optional<Long> after =
          number(
              AFTER,
              mapping.get(AFTER).orElseThrow(),
              "The change takes effect when so many steps are done.");
      String key = mapping.entry(SET).isPresent() ? SET : REMOVE;
      Optional<Scalar> target = target(key, mapping.get(key).orElseThrow());
      if (after.isEmpty() || target.isEmpty()) {
        return Optional.empty();
      }
      Spelling spelling = new Spelling(item.place());
      Mapping start =
          Mapping.empty(item.place())
              .with(AFTER, spelling.name(after.get().toString()))
              .with(key, spelling.text(target.get().text()));
      if (key.equals(REMOVE)) {
        Change change = Change.removing(target.get().text());
        return Optional.of(
            new Planned(item.place(), new Scheduled(after.get(), change), Optional.empty(), start));
      }
      Value to = mapping.get(TO).orElseThrow();
      if (target.get().text().equals(Scheduled.STEPS)) {
        return number(TO, to, "It counts from the first step of the training.")
            .filter(steps -> longer(steps, after.get(), to))
            .map(
                steps ->
                    new Planned(
                        item.place(),
                        Scheduled.steps(after.get(), steps),
                        Optional.empty(),
                        start.with(TO, spelling.name(steps.toString()))));
      }
      return set(target.get().text(), to, spelling)
          .map(
              set ->
                  new Planned(
                      item.place(),
                      new Scheduled(
                          after.get(), new Change(target.get().text(), YamlWriter.write(set.to()))),
                      set.named(),
                      start.with(TO, set.to())));
    }

    private boolean longer(long steps, long after, Value to) {
      if (steps <= after) {
        problems.add(
            to.place(),
            "A training that has done %d steps cannot have %d in all.".formatted(after, steps),
            "Write a number above " + after + ".");
      }
      return steps > after;
    }

    private Optional<Long> number(String key, Value value, String fix) {
      if (value instanceof Scalar scalar
          && scalar.plain()
          && scalar.text().matches("\\d[\\d_]{0,17}")) {
        return Optional.of(Long.parseLong(scalar.text().replace("_", "")));
      }
      problems.addUnexpected(
          value.place(),
          Wording.quoted(path + "." + key) + " expects",
          "a number of steps, 0 or greater",
          value.found(),
          fix);
      return Optional.empty();
    }

    private Optional<Scalar> target(String key, Value value) {
      if (!(value instanceof Scalar scalar) || scalar.isNothing()) {
        problems.addUnexpected(
            value.place(),
            Wording.quoted(path + "." + key) + " expects",
            "a path",
            value.found(),
            "Write a path such as 'loss' or 'regularizers.NAME.OPTION'.");
        return Optional.empty();
      }
      String root = scalar.text().replaceFirst("[.\\[].*", "");
      if (key.equals(REMOVE)
          && (!root.equals(RecipeFormat.REGULARIZERS) || root.equals(scalar.text()))) {
        problems.add(
            value.place(),
            "Only a regularizer can be removed while a recipe trains, not "
                + Wording.quoted(scalar.text())
                + ".",
            "Write 'regularizers.NAME'.");
        return Optional.empty();
      }
      if (!Scheduled.CHANGEABLE.contains(root) && !Scheduled.CHANGEABLE.contains(scalar.text())) {
        problems.add(
            value.place(),
            Wording.quoted(scalar.text()) + " cannot change while a recipe trains.",
            "What can are " + Wording.quoted(Scheduled.CHANGEABLE, "and") + ".");
        return Optional.empty();
      }
      if (scalar.text().equals(RecipeFormat.REGULARIZERS)
          || scalar.text().equals(RecipeFormat.PLAYERS)) {
        problems.add(
            value.place(),
            Wording.quoted(scalar.text()) + " cannot change as a whole.",
            root.equals(RecipeFormat.PLAYERS)
                ? "Change what differs for one, such as 'players.generator.rate'."
                : "Add one at 'regularizers[+]', or remove 'regularizers.NAME'.");
        return Optional.empty();
      }
      return Optional.of(scalar);
    }

    private record Set(Value to, Optional<Choice> named) {}

    /** A component is named in full, so that the same one is found again. */
    private Optional<Set> set(String target, Value to, Spelling spelling) {
      String kind =
          REGULARIZER.matcher(target).matches()
              ? Kind.REGULARIZER
              : OPTIMIZER.matcher(target).matches()
                  ? Kind.OPTIMIZER
                  : target.equals(RecipeFormat.LOSS) ? Kind.LOSS : "";
      if (kind.isEmpty()) {
        return Optional.of(new Set(to, Optional.empty()));
      }
      return chooser
          .choose(kind, to, target)
          .map(choice -> new Set(choice.spelled(spelling), Optional.of(choice)));
    }
  }
}
