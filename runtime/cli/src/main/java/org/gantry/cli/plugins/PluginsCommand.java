package org.gantry.cli.plugins;

import org.gantry.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about plugins; alone, it prints its help. */
@Command(
    name = "plugins",
    description = "Show, install, update and remove plugins.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"Example:", "  gantry plugins list"})
public final class PluginsCommand implements Runnable {

  private final Console console;

  @Spec private CommandSpec spec;

  public PluginsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
