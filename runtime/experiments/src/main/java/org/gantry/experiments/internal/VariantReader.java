package org.gantry.experiments.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.gantry.experiments.Variant;
import org.gantry.experiments.VariantPoint;
import org.gantry.experiments.VariantPoint.PlacedChange;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Value.Sequence;
import org.gantry.recipes.text.Wording;
import org.gantry.recipes.text.YamlWriter;

/**
 * Reads what an experiment compares. A variant has a recipe, changes of it and perhaps a grid of
 * changes; what it does not say itself, the experiment says for all.
 */
final class VariantReader {

  private static final List<String> KEYS = List.of("recipe", "set", "grid", "points");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*");

  /** More trainings under one seed than anybody waits for. */
  private static final int MOST = 10_000;

  private final Mapping experiment;
  private final Problems problems;

  VariantReader(Mapping experiment, Problems problems) {
    this.experiment = experiment;
    this.problems = problems;
  }

  List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    for (Entry entry : MappingFields.entries(experiment, "variants", problems)) {
      if (!LABEL.matcher(entry.key()).matches()) {
        problems.add(
            entry.place(),
            Wording.quoted(entry.key()) + " cannot name a variant, for no claim could use it.",
            "Use letters, digits and single hyphens, and begin with a letter.");
      } else if (entry.value() instanceof Mapping || entry.value().isNothing()) {
        Mapping own = entry.value() instanceof Mapping m ? m : Mapping.empty(entry.value().place());
        MappingFields.refuseUnknown("A variant", own, KEYS, problems);
        variants.add(new Variant(entry.key(), points(entry, own)));
      } else {
        problems.add(
            entry.value().place(),
            "A variant is a mapping, not " + entry.value().found() + ".",
            "Write '" + entry.key() + ": {set: {loss: hinge}}'.");
      }
    }
    return variants;
  }

  private List<VariantPoint> points(Entry variant, Mapping own) {
    Optional<Value> recipe = own.get("recipe").or(() -> experiment.get("recipe"));
    if (recipe.isEmpty() || recipe.get() instanceof Sequence || recipe.get().isNothing()) {
      problems.add(
          variant.place(),
          "The variant " + Wording.quoted(variant.key()) + " has no recipe.",
          "Write 'recipe: NAME' here, or once for all variants.");
      return List.of();
    }
    List<PlacedChange> settings = new ArrayList<>(settings(experiment));
    settings.addAll(settings(own));
    List<List<PlacedChange>> chosen = grid(own.get("grid").isPresent() ? own : experiment);
    List<VariantPoint> points = new ArrayList<>();
    for (List<PlacedChange> each : chosen) {
      List<PlacedChange> all = new ArrayList<>(settings);
      all.addAll(each);
      String name = chosen.size() == 1 ? variant.key() : variant.key() + " " + (points.size() + 1);
      points.add(
          recipe.get() instanceof Mapping mapping
              ? new VariantPoint(name, "", Optional.of(mapping), mapping.place(), all)
              : new VariantPoint(
                  name, file((Scalar) recipe.get()), Optional.empty(), recipe.get().place(), all));
    }
    return points;
  }

  /** A file lies beside the experiment; a name is that of a bundled recipe. */
  private static String file(Scalar recipe) {
    return recipe.text().matches(".*([/\\\\]|\\.ya?ml$).*")
        ? recipe.place().folder().resolve(recipe.text()).toString()
        : recipe.text();
  }

  private List<PlacedChange> settings(Mapping owner) {
    return MappingFields.entries(owner, "set", problems).stream()
        .map(entry -> setting(entry, entry.value()))
        .toList();
  }

  private static PlacedChange setting(Entry entry, Value value) {
    return new PlacedChange(new Recipes.Change(entry.key(), YamlWriter.line(value)), value.place());
  }

  /** Every combination of the values of a grid; one without any change where there is no grid. */
  private List<List<PlacedChange>> grid(Mapping owner) {
    List<List<PlacedChange>> all = List.of(List.of());
    for (Entry entry : MappingFields.entries(owner, "grid", problems)) {
      if (!(entry.value() instanceof Sequence list) || list.items().isEmpty()) {
        problems.add(
            entry.value().place(),
            "A grid has a list of values for every path; this is " + entry.value().found() + ".",
            "Write '" + entry.key() + ": [a, b]'.");
        continue;
      }
      List<List<PlacedChange>> more = new ArrayList<>();
      for (List<PlacedChange> before : all) {
        for (Value value : list.items()) {
          List<PlacedChange> longer = new ArrayList<>(before);
          longer.add(setting(entry, value));
          more.add(longer);
        }
      }
      all = more;
      if (all.size() > MOST) {
        problems.add(
            entry.place(),
            "The grid has " + all.size() + " points and more, which nobody will wait for.",
            "Leave values out.");
        return List.of();
      }
    }
    return drawn(owner, all);
  }

  /** As many points as are wanted of a grid, always the same. */
  private List<List<PlacedChange>> drawn(Mapping owner, List<List<PlacedChange>> all) {
    Optional<Value> wanted = owner.get("points");
    if (wanted.isEmpty()) {
      return all;
    }
    if (wanted.get() instanceof Scalar scalar
        && scalar.isNumber()
        && scalar.number().signum() > 0
        && scalar.number().stripTrailingZeros().scale() <= 0) {
      List<List<PlacedChange>> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, new Random(1));
      return shuffled.subList(0, Math.min(all.size(), scalar.number().intValue()));
    }
    problems.add(
        wanted.get().place(),
        "'points' expects how many points of the grid to try, not " + wanted.get().found() + ".",
        "");
    return all;
  }
}
