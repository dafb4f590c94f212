package org.gantry.recipes.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.component.ComponentKind;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;
import org.gantry.recipes.text.YamlWriter;

/**
 * A change that takes effect while a recipe trains, as the recipe writes it: {@code {after: 500,
 * set: loss, to: hinge}} or {@code {after: 800, remove: regularizers.packing}}.
 *
 * @param position where it is written
 * @param scheduled what it means
 * @param component the component that it brings, if it brings one
 * @param yaml as the recipe has it, with all that could be left out
 */
record PlannedChange(
    SourcePosition position,
    ScheduledChange scheduled,
    Optional<ComponentChoice> component,
    Mapping yaml) {

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
  static List<PlannedChange> read(
      YamlValue written, ComponentResolver chooser, ProblemCollector problems) {
    List<PlannedChange> planned = new ArrayList<>();
    if (written instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        String path = RecipeFormat.CHANGES + "[" + i + "]";
        new PlannedChangeReader(path, chooser, problems)
            .entry(sequence.items().get(i))
            .ifPresent(planned::add);
      }
    } else if (!written.isNull()) {
      problems.addUnexpected(
          written.position(),
          MessageWording.quoted(RecipeFormat.CHANGES) + " expects",
          "a list",
          written.description(),
          "Write each on a line of its own: '- {after: 500, set: loss, to: hinge}'.");
    }
    return planned;
  }

  /** One entry. */
  private record PlannedChangeReader(
      String path, ComponentResolver chooser, ProblemCollector problems) {

    Optional<PlannedChange> entry(YamlValue item) {
      if (!(item instanceof Mapping mapping)
          || mapping.entry(AFTER).isEmpty()
          || mapping.entry(SET).isPresent() == mapping.entry(REMOVE).isPresent()
          || mapping.entry(SET).isPresent() != mapping.entry(TO).isPresent()) {
        problems.add(
            item.position(),
            MessageWording.quoted(path) + " expects 'after' with 'set' and 'to', or with 'remove'.",
            "Write '{after: 500, set: loss, to: hinge}' or '{after: 500, remove:"
                + " regularizers.NAME}'.");
        return Optional.empty();
      }
      for (MappingEntry entry : mapping.entries()) {
        if (!KEYS.contains(entry.key())) {
          problems.add(
              entry.position(),
              MessageWording.quoted(path) + " has no " + MessageWording.quoted(entry.key()) + ".",
              NearestName.suggestion(entry.key(), KEYS)
                  + "Its keys are "
                  + MessageWording.quoted(KEYS, "and")
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
      OptionWriter spelling = new OptionWriter(item.position());
      Mapping start =
          Mapping.empty(item.position())
              .with(AFTER, spelling.plain(after.get().toString()))
              .with(key, spelling.text(target.get().text()));
      if (key.equals(REMOVE)) {
        Change change = Change.removalOf(target.get().text());
        return Optional.of(
            new PlannedChange(
                item.position(),
                new ScheduledChange(after.get(), change),
                Optional.empty(),
                start));
      }
      YamlValue to = mapping.get(TO).orElseThrow();
      if (target.get().text().equals(ScheduledChange.STEPS)) {
        return number(TO, to, "It counts from the first step of the training.")
            .filter(steps -> longer(steps, after.get(), to))
            .map(
                steps ->
                    new PlannedChange(
                        item.position(),
                        ScheduledChange.steps(after.get(), steps),
                        Optional.empty(),
                        start.with(TO, spelling.plain(steps.toString()))));
      }
      return set(target.get().text(), to, spelling)
          .map(
              set ->
                  new PlannedChange(
                      item.position(),
                      new ScheduledChange(
                          after.get(), new Change(target.get().text(), YamlWriter.write(set.to()))),
                      set.named(),
                      start.with(TO, set.to())));
    }

    private boolean longer(long steps, long after, YamlValue to) {
      if (steps <= after) {
        problems.add(
            to.position(),
            "A training that has done %d steps cannot have %d in all.".formatted(after, steps),
            "Write a number above " + after + ".");
      }
      return steps > after;
    }

    private Optional<Long> number(String key, YamlValue value, String fix) {
      if (value instanceof Scalar scalar
          && scalar.plain()
          && scalar.text().matches("\\d[\\d_]{0,17}")) {
        return Optional.of(Long.parseLong(scalar.text().replace("_", "")));
      }
      problems.addUnexpected(
          value.position(),
          MessageWording.quoted(path + "." + key) + " expects",
          "a number of steps, 0 or greater",
          value.description(),
          fix);
      return Optional.empty();
    }

    private Optional<Scalar> target(String key, YamlValue value) {
      if (!(value instanceof Scalar scalar) || scalar.isNull()) {
        problems.addUnexpected(
            value.position(),
            MessageWording.quoted(path + "." + key) + " expects",
            "a path",
            value.description(),
            "Write a path such as 'loss' or 'regularizers.NAME.OPTION'.");
        return Optional.empty();
      }
      String root = scalar.text().replaceFirst("[.\\[].*", "");
      if (key.equals(REMOVE)
          && (!root.equals(RecipeFormat.REGULARIZERS) || root.equals(scalar.text()))) {
        problems.add(
            value.position(),
            "Only a regularizer can be removed while a recipe trains, not "
                + MessageWording.quoted(scalar.text())
                + ".",
            "Write 'regularizers.NAME'.");
        return Optional.empty();
      }
      if (!ScheduledChange.CHANGEABLE_PATHS.contains(root)
          && !ScheduledChange.CHANGEABLE_PATHS.contains(scalar.text())) {
        problems.add(
            value.position(),
            MessageWording.quoted(scalar.text()) + " cannot change while a recipe trains.",
            "What can are " + MessageWording.quoted(ScheduledChange.CHANGEABLE_PATHS, "and") + ".");
        return Optional.empty();
      }
      if (scalar.text().equals(RecipeFormat.REGULARIZERS)
          || scalar.text().equals(RecipeFormat.PLAYERS)) {
        problems.add(
            value.position(),
            MessageWording.quoted(scalar.text()) + " cannot change as a whole.",
            root.equals(RecipeFormat.PLAYERS)
                ? "Change what differs for one, such as 'players.generator.rate'."
                : "Add one at 'regularizers[+]', or remove 'regularizers.NAME'.");
        return Optional.empty();
      }
      return Optional.of(scalar);
    }

    private record TargetValue(YamlValue to, Optional<ComponentChoice> named) {}

    /** A component is named in full, so that the same one is found again. */
    private Optional<TargetValue> set(String target, YamlValue to, OptionWriter spelling) {
      String kind =
          REGULARIZER.matcher(target).matches()
              ? ComponentKind.REGULARIZER
              : OPTIMIZER.matcher(target).matches()
                  ? ComponentKind.OPTIMIZER
                  : target.equals(RecipeFormat.LOSS) ? ComponentKind.LOSS : "";
      if (kind.isEmpty()) {
        return Optional.of(new TargetValue(to, Optional.empty()));
      }
      return chooser
          .resolve(kind, to, target)
          .map(choice -> new TargetValue(choice.toYaml(spelling), Optional.of(choice)));
    }
  }
}
