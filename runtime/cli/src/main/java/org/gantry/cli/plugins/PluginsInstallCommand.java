package org.gantry.cli.plugins;

import java.util.List;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.provisioning.ChangeRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Installs plugins. */
@Command(
    name = "install",
    description = "Install plugins, or other versions of installed plugins.",
    footer = {"Example:", "  gantry plugins install began"})
public final class PluginsInstallCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "PLUGIN",
      description =
          "A jar, Maven coordinates (group:artifact or group:artifact:version), or the name of a"
              + " plugin in a repository; NAME@1.2.0 or NAME@[1.2,2) selects a version.")
  private List<String> plugins;

  @Mixin private InstallOptions terms;
  @Mixin private ChangeConfirmation proposal;

  public PluginsInstallCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    return proposal.planAndExecute(
        services.provisioning(),
        new ChangeRequest.InstallRequest(plugins, terms.policy()),
        console);
  }
}
