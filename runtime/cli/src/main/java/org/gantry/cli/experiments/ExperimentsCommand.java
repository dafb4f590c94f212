package org.gantry.cli.experiments;

import org.gantry.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about experiments; alone, it prints its help. */
@Command(
    name = "experiments",
    description = "List and run experiments, and show their results.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"Example:", "  gantry experiments run ring --seeds 3"})
public final class ExperimentsCommand implements Runnable {

  private final Console console;

  @Spec private CommandSpec spec;

  public ExperimentsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
