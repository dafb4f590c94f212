package org.gantry.experiments.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.gantry.experiments.ChartSpec;
import org.gantry.experiments.ChartSpec.ChartType;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Wording;

/** Reads what an experiment wants drawn. */
final class ChartSpecReader {

  private static final List<String> SCALES = List.of("linear", "log");

  private final Mapping experiment;
  private final Problems problems;

  ChartSpecReader(Mapping experiment, Problems problems) {
    this.experiment = experiment;
    this.problems = problems;
  }

  /** The charts: curves, then distributions. */
  List<ChartSpec> charts(Collection<String> metrics) {
    List<ChartSpec> charts = new ArrayList<>();
    for (Value item : MappingFields.items(experiment, "curves", problems)) {
      chart(ChartType.CURVE, item).ifPresent(charts::add);
    }
    for (Value item : MappingFields.items(experiment, "distributions", problems)) {
      Optional<ChartSpec> chart = chart(ChartType.DISTRIBUTION, item);
      if (chart.isPresent() && !metrics.contains(chart.get().valueName())) {
        problems.add(
            item.place(),
            "The experiment has no metric " + Wording.quoted(chart.get().valueName()) + ".",
            Nearest.hint(chart.get().valueName(), metrics));
      }
      chart.ifPresent(charts::add);
    }
    return charts;
  }

  private Optional<ChartSpec> chart(ChartType content, Value item) {
    if (item instanceof Scalar scalar && !scalar.isNothing()) {
      return Optional.of(new ChartSpec(item.place(), content, scalar.text(), false));
    }
    if (!(item instanceof Mapping mapping) || mapping.get("of").isEmpty()) {
      problems.add(
          item.place(),
          "What is drawn is a name, or a mapping with 'of', not " + item.found() + ".",
          "Write 'NAME' or '{of: NAME, scale: log}'.");
      return Optional.empty();
    }
    MappingFields.refuseUnknown("What is drawn", mapping, List.of("of", "scale"), problems);
    String scale = MappingFields.text(mapping, "scale", problems);
    if (!scale.isEmpty() && !SCALES.contains(scale)) {
      problems.add(
          mapping.get("scale").orElseThrow().place(),
          "There is no scale " + Wording.quoted(scale) + ".",
          Nearest.hint(scale, SCALES) + "There are " + Wording.quoted(SCALES, "and") + ".");
    }
    return Optional.of(
        new ChartSpec(
            mapping.get("of").orElseThrow().place(),
            content,
            MappingFields.text(mapping, "of", problems),
            scale.equals("log")));
  }
}
