package org.gantry.recipes.internal.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.component.ComponentKind;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.OptionWriter;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlWriter;

/**
 * Reads one entry of a recipe's {@code changes}.
 *
 * @param path the path of the entry, such as {@code changes[0]}
 * @param resolver resolves the component that the entry sets
 * @param problems receives what is wrong with the entry
 */
record PlannedChangeReader(String path, ComponentResolver resolver, ProblemCollector problems) {

  private static final Pattern REGULARIZER =
      Pattern.compile(RecipeFormat.REGULARIZERS + "\\[(\\d{1,6}|\\+)\\]");
  private static final Pattern OPTIMIZER =
      Pattern.compile("(" + RecipeFormat.PLAYERS + "\\.[^.]+\\.)?" + RecipeFormat.OPTIMIZER);

  /** A value to set, with the components that it names. */
  private record TargetValue(YamlValue yaml, List<ComponentChoice> components) {}

  /** Reads the entry; empty if there was a problem. */
  Optional<PlannedChange> read(YamlValue item) {
    if (!(item instanceof Mapping mapping) || !hasValidForm(mapping)) {
      problems.add(
          item.position(),
          MessageText.quoted(path) + " expects 'after' with 'set' and 'to', or with 'remove'.",
          "Write '{after: 500, set: loss, to: hinge}' or '{after: 500, remove:"
              + " regularizers.NAME}'.");
      return Optional.empty();
    }
    if (!checkKeys(mapping)) {
      return Optional.empty();
    }
    Optional<Long> after =
        stepCount(
            PlannedChange.AFTER,
            mapping.get(PlannedChange.AFTER).orElseThrow(),
            "The change takes effect after this number of steps.");
    String key =
        mapping.entry(PlannedChange.SET).isPresent() ? PlannedChange.SET : PlannedChange.REMOVE;
    Optional<String> target = target(key, mapping.get(key).orElseThrow());
    if (after.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    OptionWriter writer = new OptionWriter(item.position());
    Mapping yaml =
        Mapping.empty(item.position())
            .with(PlannedChange.AFTER, writer.plain(after.get().toString()))
            .with(key, writer.text(target.get()));
    if (key.equals(PlannedChange.REMOVE)) {
      ScheduledChange removal = new ScheduledChange(after.get(), Change.removalOf(target.get()));
      return Optional.of(new PlannedChange(item.position(), removal, List.of(), yaml));
    }
    YamlValue to = mapping.get(PlannedChange.TO).orElseThrow();
    return target.get().equals(ScheduledChange.STEPS)
        ? newStepCount(after.get(), to, yaml, writer)
        : newValue(after.get(), target.get(), to, yaml, writer);
  }

  private static boolean hasValidForm(Mapping mapping) {
    boolean sets = mapping.entry(PlannedChange.SET).isPresent();
    return mapping.entry(PlannedChange.AFTER).isPresent()
        && sets != mapping.entry(PlannedChange.REMOVE).isPresent()
        && sets == mapping.entry(PlannedChange.TO).isPresent();
  }

  private boolean checkKeys(Mapping mapping) {
    for (MappingEntry entry : mapping.entries()) {
      if (!PlannedChange.KEYS.contains(entry.key())) {
        problems.add(
            entry.position(),
            MessageText.quoted(path) + " has no key " + MessageText.quoted(entry.key()) + ".",
            NearestName.suggestion(entry.key(), PlannedChange.KEYS)
                + "Its keys are "
                + MessageText.quoted(PlannedChange.KEYS, "and")
                + ".");
        return false;
      }
    }
    return true;
  }

  private Optional<Long> stepCount(String key, YamlValue value, String fix) {
    if (value instanceof Scalar scalar && scalar.plain() && scalar.text().matches("\\d{1,18}")) {
      return Optional.of(Long.parseLong(scalar.text()));
    }
    problems.addUnexpected(
        value.position(),
        MessageText.quoted(path + "." + key) + " expects",
        "a number of steps, 0 or greater",
        value.description(),
        value instanceof Scalar scalar ? scalar.separatorFix().orElse(fix) : fix);
    return Optional.empty();
  }

  /** Returns the path that the entry changes or removes. */
  private Optional<String> target(String key, YamlValue value) {
    if (!(value instanceof Scalar scalar) || scalar.isNull()) {
      problems.addUnexpected(
          value.position(),
          MessageText.quoted(path + "." + key) + " expects",
          "a path",
          value.description(),
          "Write a path such as 'loss' or 'regularizers.NAME.OPTION'.");
      return Optional.empty();
    }
    String target = scalar.text();
    String root = target.replaceFirst("[.\\[].*", "");
    if (key.equals(PlannedChange.REMOVE)
        && (!root.equals(RecipeFormat.REGULARIZERS) || root.equals(target))) {
      problems.add(
          value.position(),
          "Only a regularizer can be removed during training, not "
              + MessageText.quoted(target)
              + ".",
          "Write 'regularizers.NAME'.");
      return Optional.empty();
    }
    List<String> changeable = ScheduledChange.CHANGEABLE_PATHS;
    if (!changeable.contains(root) && !changeable.contains(target)) {
      problems.add(
          value.position(),
          MessageText.quoted(target) + " cannot change during training.",
          "Only " + MessageText.quoted(changeable, "and") + " can change.");
      return Optional.empty();
    }
    if (target.equals(RecipeFormat.REGULARIZERS) || target.equals(RecipeFormat.PLAYERS)) {
      problems.add(
          value.position(),
          MessageText.quoted(target) + " cannot change as a whole.",
          root.equals(RecipeFormat.PLAYERS)
              ? "Change a setting of one player, such as 'players.generator.rate'."
              : "Add one at 'regularizers[+]', or remove 'regularizers.NAME'.");
      return Optional.empty();
    }
    return Optional.of(target);
  }

  private Optional<PlannedChange> newStepCount(
      long after, YamlValue to, Mapping yaml, OptionWriter writer) {
    Optional<Long> steps =
        stepCount(PlannedChange.TO, to, "It counts from the first step of the training.");
    if (steps.isPresent() && steps.get() <= after) {
      problems.add(
          to.position(),
          "A training that has done %d steps cannot have %d in all.".formatted(after, steps.get()),
          "Write a number above " + after + ".");
      return Optional.empty();
    }
    return steps.map(
        count ->
            new PlannedChange(
                yaml.position(),
                ScheduledChange.steps(after, count),
                List.of(),
                yaml.with(PlannedChange.TO, writer.plain(count.toString()))));
  }

  private Optional<PlannedChange> newValue(
      long after, String target, YamlValue to, Mapping yaml, OptionWriter writer) {
    return targetValue(target, to, writer)
        .map(
            value ->
                new PlannedChange(
                    yaml.position(),
                    new ScheduledChange(after, new Change(target, YamlWriter.write(value.yaml()))),
                    value.components(),
                    yaml.with(PlannedChange.TO, value.yaml())));
  }

  /** Pins a component to its bundle and version, so that the change finds the same one later. */
  private Optional<TargetValue> targetValue(String target, YamlValue to, OptionWriter writer) {
    Optional<String> kind = componentKind(target);
    if (kind.isEmpty()) {
      return Optional.of(new TargetValue(to, List.of()));
    }
    return RecipeFormat.holdsNames(target, Optional.of(to))
        ? Optional.of(named(kind.get(), target, (Mapping) to, writer))
        : resolver
            .resolve(kind.get(), to, target)
            .map(choice -> new TargetValue(choice.toYaml(writer), List.of(choice)));
  }

  private TargetValue named(String kind, String target, Mapping to, OptionWriter writer) {
    Mapping yaml = Mapping.empty(to.position());
    List<ComponentChoice> choices = new ArrayList<>();
    for (MappingEntry entry : to.entries()) {
      Optional<ComponentChoice> choice =
          resolver.resolve(kind, entry.value(), target + "." + entry.key());
      choice.ifPresent(choices::add);
      yaml = yaml.with(entry.key(), choice.map(c -> c.toYaml(writer)).orElse(entry.value()));
    }
    return new TargetValue(yaml, choices);
  }

  /** Returns the kind of component that is at a path; empty if there is another value. */
  private static Optional<String> componentKind(String target) {
    if (REGULARIZER.matcher(target).matches()) {
      return Optional.of(ComponentKind.REGULARIZER);
    } else if (OPTIMIZER.matcher(target).matches()) {
      return Optional.of(ComponentKind.OPTIMIZER);
    }
    return target.equals(RecipeFormat.LOSS) ? Optional.of(ComponentKind.LOSS) : Optional.empty();
  }
}
