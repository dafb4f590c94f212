package org.gantry.experiments.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.gantry.experiments.definition.VariantPoint.PlacedChange;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;
import org.gantry.recipes.text.YamlWriter;

/**
 * Reads the variants of an experiment. A variant has a recipe, changes of it and optionally a grid
 * of changes. What a variant does not declare is taken from the experiment.
 */
final class VariantReader {

  private static final String WEIGHTS = "weights";
  private static final List<String> KEYS = List.of("recipe", "set", "grid", "points", WEIGHTS);
  private static final Pattern LABEL = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*");

  /** Finds grids that are too large by mistake. */
  static final int MAX_POINTS = 10_000;

  private final Mapping experiment;
  private final ProblemCollector problems;

  VariantReader(Mapping experiment, ProblemCollector problems) {
    this.experiment = experiment;
    this.problems = problems;
  }

  List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    for (MappingEntry entry : MappingFields.entries(experiment, "variants", problems)) {
      if (!LABEL.matcher(entry.key()).matches()) {
        problems.add(
            entry.position(),
            MessageText.quoted(entry.key())
                + " cannot name a variant, because a claim could not refer to it.",
            "Use letters, digits and single hyphens, and begin with a letter.");
      } else if (entry.value() instanceof Mapping || entry.value().isNull()) {
        Mapping own =
            entry.value() instanceof Mapping m ? m : Mapping.empty(entry.value().position());
        MappingFields.refuseUnknown("A variant", own, KEYS, problems);
        List<VariantPoint> points = points(entry, own);
        variants.add(new Variant(entry.key(), points, weightsOf(own, points, variants)));
      } else {
        problems.add(
            entry.value().position(),
            "A variant is a mapping, not " + entry.value().description() + ".",
            "Write '" + entry.key() + ": {set: {loss: hinge}}'.");
      }
    }
    return variants;
  }

  /** The earlier variant whose weights a variant takes. */
  private Optional<String> weightsOf(
      Mapping own, List<VariantPoint> points, List<Variant> earlier) {
    Optional<YamlValue> named = own.get(WEIGHTS);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    String of = MappingFields.text(own, WEIGHTS, problems);
    List<String> trained =
        earlier.stream()
            .filter(v -> v.weightsOf().isEmpty() && v.points().size() == 1)
            .map(Variant::label)
            .toList();
    if (!trained.contains(of)) {
      problems.add(
          named.get().position(),
          "No earlier variant " + MessageText.quoted(of) + " is trained with one recipe.",
          NearestName.suggestion(of, trained)
              + "'weights' names the variant whose networks are evaluated with another sampler.");
    } else if (points.size() > 1) {
      problems.add(
          named.get().position(), "A variant with the weights of another has no grid.", "");
    }
    return Optional.of(of);
  }

  private List<VariantPoint> points(MappingEntry variant, Mapping own) {
    Optional<YamlValue> recipe = own.get("recipe").or(() -> experiment.get("recipe"));
    if (recipe.isEmpty() || recipe.get() instanceof Sequence || recipe.get().isNull()) {
      problems.add(
          variant.position(),
          "The variant " + MessageText.quoted(variant.key()) + " has no recipe.",
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
              ? new VariantPoint(name, "", Optional.of(mapping), mapping.position(), all)
              : new VariantPoint(
                  name,
                  file((Scalar) recipe.get()),
                  Optional.empty(),
                  recipe.get().position(),
                  all));
    }
    return points;
  }

  /**
   * Resolves a file relative to the folder of the experiment; the name of a bundled recipe stays.
   */
  private static String file(Scalar recipe) {
    return recipe.text().matches(".*([/\\\\]|\\.ya?ml$).*")
        ? recipe.position().folder().resolve(recipe.text()).toString()
        : recipe.text();
  }

  private List<PlacedChange> settings(Mapping owner) {
    return MappingFields.entries(owner, "set", problems).stream()
        .map(entry -> setting(entry, entry.value()))
        .toList();
  }

  private static PlacedChange setting(MappingEntry entry, YamlValue value) {
    return new PlacedChange(
        new Recipes.Change(entry.key(), YamlWriter.writeLine(value)), value.position());
  }

  /**
   * Returns every combination of the values of a grid; one empty combination if there is no grid.
   */
  private List<List<PlacedChange>> grid(Mapping owner) {
    List<List<PlacedChange>> all = List.of(List.of());
    for (MappingEntry entry : MappingFields.entries(owner, "grid", problems)) {
      if (!(entry.value() instanceof Sequence list) || list.items().isEmpty()) {
        problems.add(
            entry.value().position(),
            "A grid has a list of values for every path, not " + entry.value().description() + ".",
            "Write '" + entry.key() + ": [a, b]'.");
        continue;
      }
      List<List<PlacedChange>> more = new ArrayList<>();
      for (List<PlacedChange> before : all) {
        for (YamlValue value : list.items()) {
          List<PlacedChange> longer = new ArrayList<>(before);
          longer.add(setting(entry, value));
          more.add(longer);
        }
      }
      all = more;
      if (all.size() > MAX_POINTS) {
        problems.add(
            entry.position(),
            "The grid has " + all.size() + " or more points; the limit is " + MAX_POINTS + ".",
            "Leave values out.");
        return List.of();
      }
    }
    return drawn(owner, all);
  }

  /** Returns as many points of a grid as requested. The choice is always the same. */
  private List<List<PlacedChange>> drawn(Mapping owner, List<List<PlacedChange>> all) {
    Optional<YamlValue> wanted = owner.get("points");
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
        wanted.get().position(),
        "'points' expects the number of points to choose from the grid, not "
            + wanted.get().description()
            + ".",
        "");
    return all;
  }
}
