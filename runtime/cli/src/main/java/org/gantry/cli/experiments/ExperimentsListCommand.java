package org.gantry.cli.experiments;

import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.services.ExperimentSource;
import org.gantry.experiments.definition.Experiment;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the experiments of the product and of the plugins. */
@Command(
    name = "list",
    description = "List the experiments.",
    footer = {"Example:", "  gantry experiments list"})
public final class ExperimentsListCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public ExperimentsListCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    List<Experiment> all = services.experiments().stream().map(ExperimentSource::read).toList();
    console.out().print(json ? json(all) : table(all));
  }

  private static String json(List<Experiment> all) {
    return JsonText.of(
            all.stream()
                .map(
                    e ->
                        JsonText.object(
                            "name", e.name(),
                            "summary", e.summary(),
                            "paper", e.paper(),
                            "seeds", e.seeds(),
                            "variants", e.variants().stream().map(v -> v.label()).toList(),
                            "claims", e.claims().stream().map(c -> c.text()).toList()))
                .toList())
        + "\n";
  }

  private String table(List<Experiment> all) {
    TextTable table = TextTable.headed(0, "experiment", "trainings", "what it shows");
    for (Experiment e : all) {
      int points = e.variants().stream().mapToInt(v -> v.points().size()).sum();
      table.row(e.name(), Integer.toString(points * e.seeds().size()), e.summary());
    }
    return table.text(console.terminal().width(), console.terminal().outColour());
  }
}
