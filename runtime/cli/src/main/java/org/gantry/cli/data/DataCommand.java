package org.gantry.cli.data;

import org.gantry.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about data sets; alone, it prints its help. */
@Command(
    name = "data",
    description = "Check a data set, or pack it into one file that opens fast.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"Example:", "  gantry data check my-pictures"})
public final class DataCommand implements Runnable {

  private final Console console;

  @Spec private CommandSpec spec;

  public DataCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
