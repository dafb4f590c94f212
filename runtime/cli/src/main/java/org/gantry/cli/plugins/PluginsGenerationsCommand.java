package org.gantry.cli.plugins;

import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.provisioning.PluginProvisioner.Generation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the generations of the installation. */
@Command(
    name = "generations",
    description = "List the installed plugins after each change.",
    footer = {"Example:", "  gantry plugins generations"})
public final class PluginsGenerationsCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public PluginsGenerationsCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    List<Generation> generations = services.provisioning().generations();
    if (json) {
      console
          .out()
          .println(
              JsonText.of(
                  generations.stream()
                      .map(
                          g ->
                              JsonText.object(
                                  "generation", g.number(),
                                  "action", g.action(),
                                  "current", g.current(),
                                  "plugins", g.plugins()))
                      .toList()));
      return;
    }
    TextTable table = TextTable.headed(0, "generation", "made by", "installed");
    for (Generation generation : generations) {
      table.row(
          generation.number() + (generation.current() ? " *" : ""),
          generation.action(),
          String.join(", ", generation.plugins()));
    }
    console.out().print(table.text(console.terminal().width(), console.terminal().outColour()));
  }
}
