package org.gantry.experiments.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gantry.experiments.definition.VariantPoint.PlacedChange;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;

/**
 * A recipe that is trained with every combination of values. It becomes an experiment with a
 * variant for each combination.
 *
 * @param recipe the name or the file of the recipe
 * @param axes the paths with their values, at least one
 * @param changes the changes of all combinations
 * @param seeds the number of seeds of each combination
 */
public record RecipeSweep(String recipe, List<SweepAxis> axes, List<Change> changes, int seeds) {

  private static final String SET = "--set";
  private static final String SEED = "train.seed";
  private static final String STEPS = "train.steps";
  private static final String THREADS = "train.threads";

  /** Copies the lists. */
  public RecipeSweep {
    axes = List.copyOf(axes);
    changes = List.copyOf(changes);
  }

  /**
   * Reads the options of a sweep.
   *
   * @param over the axes, each {@code PATH=A,B,C}
   * @param steps the number of steps that replaces that of the recipe, if there is one
   * @throws RecipeException if an axis cannot be read, or two options change the same path; lists
   *     all problems
   */
  public static RecipeSweep read(
      String recipe, List<String> over, List<Change> changes, int seeds, OptionalLong steps) {
    ProblemCollector problems = new ProblemCollector();
    if (seeds < 1 || seeds > ExperimentReader.MAX_SEEDS) {
      problems.addExpecting(
          SweepAxis.onCommandLine("--seeds " + seeds),
          "The number of seeds must be from 1 to " + ExperimentReader.MAX_SEEDS + ".",
          "a number from 1 to " + ExperimentReader.MAX_SEEDS,
          "Write '--seeds 3' for the seeds 1, 2 and 3.");
    }
    List<SweepAxis> axes = new ArrayList<>();
    for (String text : over) {
      SweepAxis.read(text, problems).ifPresent(axes::add);
    }
    Set<String> paths = new HashSet<>();
    for (SweepAxis axis : axes) {
      String where = SweepAxis.OPTION + " " + axis.path();
      if (!paths.add(axis.path())) {
        refuse(where, "This path has two options --over.", "List its values in one.", problems);
      }
      if (changes.stream().anyMatch(change -> change.path().equals(axis.path()))) {
        refuse(where, "--set changes the same path.", "Leave one of the two out.", problems);
      }
    }
    if (paths.contains(STEPS) && steps.isPresent()) {
      refuse("--steps", "--over train.steps changes the same path.", "Leave it out.", problems);
    }
    if (paths(axes, changes).contains(SEED)) {
      refuse(SEED, "A sweep gives the seeds.", "Use '--seeds N' instead.", problems);
    }
    int limit = VariantReader.MAX_POINTS;
    long combinations = axes.stream().mapToLong(a -> a.values().size()).reduce(1, (a, b) -> a * b);
    if (combinations > limit) {
      refuse(
          SweepAxis.OPTION,
          "%d combinations are more than the limit of %d.".formatted(combinations, limit),
          "Leave values out.",
          problems);
    }
    problems.throwIfAny();
    return new RecipeSweep(recipe, axes, changes, seeds);
  }

  private static void refuse(String where, String message, String fix, ProblemCollector problems) {
    problems.add(SweepAxis.onCommandLine(where), message, fix);
  }

  private static List<String> paths(List<SweepAxis> axes, List<Change> changes) {
    List<String> paths = new ArrayList<>(axes.stream().map(SweepAxis::path).toList());
    changes.forEach(change -> paths.add(change.path()));
    return paths;
  }

  /** The name of the experiment: the recipe and the ends of the paths. */
  public String name() {
    String file = recipe.replaceFirst(".*[/\\\\]", "").replaceFirst("\\.ya?ml$", "");
    return file + "-" + String.join("-", labels()).replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /** The shortest ends of the paths that are all different. */
  private List<String> labels() {
    int longest =
        axes.stream().mapToInt(axis -> axis.path().split("\\.", -1).length).max().orElse(1);
    return IntStream.rangeClosed(1, longest)
        .mapToObj(words -> axes.stream().map(axis -> end(axis.path(), words)).toList())
        .filter(ends -> ends.stream().distinct().count() == axes.size())
        .findFirst()
        .orElseGet(() -> axes.stream().map(SweepAxis::path).toList());
  }

  private static String end(String path, int words) {
    String[] all = path.split("\\.", -1);
    return IntStream.range(Math.max(0, all.length - words), all.length)
        .mapToObj(i -> all[i])
        .collect(Collectors.joining("."));
  }

  /**
   * Returns the sweep as an experiment. Each training has one thread unless the sweep sets another
   * number, so that several run side by side and give the same results on any machine.
   *
   * @param metrics the metrics to measure, by name
   */
  public Experiment experiment(Map<String, MetricDefinition> metrics) {
    String paths =
        MessageText.joined(axes.stream().map(axis -> "`" + axis.path() + "`").toList(), "and");
    return new Experiment(
        name(),
        "The recipe %s with other values of %s.".formatted(recipe, paths),
        "",
        LongStream.rangeClosed(1, seeds).boxed().toList(),
        points().stream()
            .map(point -> new Variant(point.name(), List.of(point), Optional.empty()))
            .toList(),
        metrics,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The recipe with each combination of values. The values of the last path change first. */
  public List<VariantPoint> points() {
    List<PlacedChange> common = new ArrayList<>();
    if (!paths(axes, changes).contains(THREADS)) {
      common.add(SweepAxis.placed(SET, new Change(THREADS, "1")));
    }
    changes.forEach(change -> common.add(SweepAxis.placed(SET, change)));
    Map<String, List<PlacedChange>> combinations = new LinkedHashMap<>();
    combinations.put("", common);
    List<String> labels = labels();
    for (int i = 0; i < axes.size(); i++) {
      Map<String, List<PlacedChange>> longer = new LinkedHashMap<>();
      for (Map.Entry<String, List<PlacedChange>> before : combinations.entrySet()) {
        for (PlacedChange change : axes.get(i).changes()) {
          List<PlacedChange> all = new ArrayList<>(before.getValue());
          all.add(change);
          String name = labels.get(i) + "=" + change.change().value();
          longer.put(before.getKey().isEmpty() ? name : before.getKey() + ", " + name, all);
        }
      }
      combinations = longer;
    }
    return combinations.entrySet().stream()
        .map(
            each ->
                new VariantPoint(
                    each.getKey(),
                    recipe,
                    Optional.empty(),
                    SweepAxis.onCommandLine(recipe),
                    each.getValue()))
        .toList();
  }
}
