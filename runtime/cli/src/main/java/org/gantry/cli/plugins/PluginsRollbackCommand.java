package org.gantry.cli.plugins;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.provisioning.ChangeRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Returns to an earlier generation. */
@Command(
    name = "rollback",
    description = "Undo the last change of plugins, or return to an earlier generation.",
    footer = {"Example:", "  gantry plugins rollback"})
public final class PluginsRollbackCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "The generation to return to ('gantry plugins generations' lists them).")
  private Integer generation;

  @Mixin private ChangeConfirmation proposal;

  public PluginsRollbackCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    OptionalInt to = generation == null ? OptionalInt.empty() : OptionalInt.of(generation);
    return proposal.planAndExecute(
        services.provisioning(), new ChangeRequest.RollbackRequest(to), console);
  }
}
