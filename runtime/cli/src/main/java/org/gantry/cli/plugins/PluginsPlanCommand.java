package org.gantry.cli.plugins;

import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.provisioning.ChangeRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what an installation would change. */
@Command(
    name = "plan",
    description = "Show what installing plugins would change, and change nothing.",
    footer = {"Example:", "  gantry plugins plan org.acme.losses-1.2.0.jar"})
public final class PluginsPlanCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "PLUGIN", description = "As for 'plugins install'.")
  private List<String> plugins;

  @Mixin private InstallOptions terms;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public PluginsPlanCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    ChangeConfirmation.show(
        services.provisioning(),
        new ChangeRequest.InstallRequest(plugins, terms.policy()),
        console,
        json);
  }
}
