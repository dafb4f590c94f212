package org.gantry.cli;

import org.gantry.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code gantry} does alone: it shows what there is. */
@Command(
    name = "gantry",
    description = "Composes generative adversarial networks out of plugins, and trains them.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "RECIPE is the name of a bundled recipe or a file; RUN is the folder of a run.",
      "",
      "Example:",
      "  gantry train digits"
    })
final class GantryCommand implements Runnable {

  private final Console console;

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // The parser looks at it.
  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  private boolean version;

  GantryCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
