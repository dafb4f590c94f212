package org.gantry.cli.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.provisioning.ChangeRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Updates plugins to their newest versions. */
@Command(
    name = "update",
    description = "Update plugins to their newest versions; pinned plugins stay.",
    footer = {"Example:", "  gantry plugins update"})
public final class PluginsUpdateCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "PLUGIN",
      description = "The plugins to update; by default all installed ones.")
  private final List<String> plugins = new ArrayList<>();

  @Mixin private InstallOptions terms;
  @Mixin private ChangeConfirmation proposal;

  public PluginsUpdateCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    return proposal.planAndExecute(
        services.provisioning(), new ChangeRequest.UpdateRequest(plugins, terms.policy()), console);
  }
}
