package org.gantry.cli;

import org.gantry.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code gantry} itself, which prints its help. */
@Command(
    name = "gantry",
    description = "Composes generative adversarial networks from plugins and trains them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "RECIPE is the name of a bundled recipe or a file; RUN is the folder of a run.",
      "",
      "Example:",
      "  gantry train digits"
    })
final class GantryCommand implements Runnable {

  private final Console console;

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads the field.
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
