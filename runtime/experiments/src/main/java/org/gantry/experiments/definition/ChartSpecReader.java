package org.gantry.experiments.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.gantry.experiments.definition.ChartSpec.ChartType;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.Scalar;

/** Reads the charts that an experiment asks for. */
final class ChartSpecReader {

  private static final List<String> SCALES = List.of("linear", "log");

  private final Mapping experiment;
  private final ProblemCollector problems;

  ChartSpecReader(Mapping experiment, ProblemCollector problems) {
    this.experiment = experiment;
    this.problems = problems;
  }

  /** Returns the charts: curves, then distributions. */
  List<ChartSpec> charts(Collection<String> metrics) {
    List<ChartSpec> charts = new ArrayList<>();
    for (YamlValue item : MappingFields.items(experiment, "curves", problems)) {
      chart(ChartType.CURVE, item).ifPresent(charts::add);
    }
    for (YamlValue item : MappingFields.items(experiment, "distributions", problems)) {
      Optional<ChartSpec> chart = chart(ChartType.DISTRIBUTION, item);
      if (chart.isPresent() && !metrics.contains(chart.get().valueName())) {
        problems.add(
            item.position(),
            "The experiment has no metric " + MessageText.quoted(chart.get().valueName()) + ".",
            NearestName.suggestion(chart.get().valueName(), metrics));
      }
      chart.ifPresent(charts::add);
    }
    return charts;
  }

  private Optional<ChartSpec> chart(ChartType content, YamlValue item) {
    if (item instanceof Scalar scalar && !scalar.isNull()) {
      return Optional.of(new ChartSpec(item.position(), content, scalar.text(), false));
    }
    if (!(item instanceof Mapping mapping) || mapping.get("of").isEmpty()) {
      problems.add(
          item.position(),
          "A chart is a name, or a mapping with 'of', not " + item.description() + ".",
          "Write 'NAME' or '{of: NAME, scale: log}'.");
      return Optional.empty();
    }
    MappingFields.refuseUnknown("A chart", mapping, List.of("of", "scale"), problems);
    String scale = MappingFields.text(mapping, "scale", problems);
    if (!scale.isEmpty() && !SCALES.contains(scale)) {
      problems.add(
          mapping.get("scale").orElseThrow().position(),
          "There is no scale " + MessageText.quoted(scale) + ".",
          NearestName.suggestion(scale, SCALES)
              + "Scales: "
              + MessageText.quoted(SCALES, "and")
              + ".");
    }
    return Optional.of(
        new ChartSpec(
            mapping.get("of").orElseThrow().position(),
            content,
            MappingFields.text(mapping, "of", problems),
            scale.equals("log")));
  }
}
