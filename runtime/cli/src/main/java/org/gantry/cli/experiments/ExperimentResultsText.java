package org.gantry.cli.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.console.TextTable;
import org.gantry.experiments.ExperimentResults;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.Variant;

/**
 * Prints the results of an experiment: its metrics, its claims, and the trainings that failed.
 *
 * @param rows what a row of the table is
 */
record ExperimentResultsText(ExperimentResults results, String rows) {

  String text(TerminalInfo terminal) {
    String metrics = metrics().text(terminal.width(), terminal.outColour());
    String claims =
        results.verdicts().isEmpty()
            ? ""
            : "\n" + claims().text(terminal.width(), terminal.outColour());
    return metrics + claims + remarks() + failures();
  }

  private TextTable metrics() {
    Experiment experiment = results.experiment();
    List<String> header = new ArrayList<>(List.of(rows, "trainings"));
    header.addAll(experiment.metrics().keySet());
    TextTable table = TextTable.headed(0, header.toArray(new String[0]));
    for (Variant variant : experiment.variants()) {
      List<String> cells = new ArrayList<>();
      cells.add(variant.label());
      cells.add(Integer.toString(results.outcomesOf(variant).size()));
      experiment
          .metrics()
          .keySet()
          .forEach(metric -> cells.add(results.summary(variant, metric).text()));
      table.row(cells.toArray(new String[0]));
    }
    for (Experiment.PublishedResult row : experiment.published()) {
      List<String> cells = new ArrayList<>(List.of(row.label(), row.source()));
      experiment.metrics().keySet().forEach(m -> cells.add(row.values().getOrDefault(m, "")));
      table.row(cells.toArray(new String[0]));
    }
    return table;
  }

  private TextTable claims() {
    TextTable table = TextTable.headed(0, "claim", "verdict", "left and right");
    results.verdicts().forEach((c, v) -> table.row(c.text(), v.word(), v.numbers()));
    return table;
  }

  private String remarks() {
    String remarks =
        results.remarks().stream().map("note: %s%n"::formatted).collect(Collectors.joining());
    return remarks.isEmpty() ? "" : "\n" + remarks;
  }

  private String failures() {
    String failed =
        results.outcomes().stream()
            .filter(outcome -> !outcome.failure().isEmpty())
            .map(o -> "%n%s, seed %d failed: %s".formatted(o.point(), o.seed(), o.failure()))
            .collect(Collectors.joining());
    return failed.isEmpty() ? "" : failed + "\n";
  }
}
