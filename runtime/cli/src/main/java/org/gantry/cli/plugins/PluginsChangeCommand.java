package org.gantry.cli.plugins;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.provisioning.ChangeRequest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes, enables, disables, pins or unpins installed plugins, depending on its name. */
@Command
public final class PluginsChangeCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;
  private final Function<List<String>, ChangeRequest> request;

  @Parameters(
      arity = "1..*",
      paramLabel = "PLUGIN",
      description =
          "The name of a bundle, or its last part; NAME@VERSION if several versions are installed.")
  private List<String> plugins;

  @Mixin private ChangeConfirmation proposal;

  private PluginsChangeCommand(
      CommandServices services, Console console, Function<List<String>, ChangeRequest> request) {
    this.services = services;
    this.console = console;
    this.request = request;
  }

  /** All commands of this class. */
  public static List<CommandLine> all(CommandServices services, Console console) {
    return List.of(
        named("remove", "Remove plugins.", services, console, ChangeRequest.RemoveRequest::new),
        named(
            "enable",
            "Enable plugins; a plugin in quarantine is started again.",
            services,
            console,
            names -> new ChangeRequest.EnableRequest(names, true)),
        named(
            "disable",
            "Disable plugins; they stay installed.",
            services,
            console,
            names -> new ChangeRequest.EnableRequest(names, false)),
        named(
            "pin",
            "Keep plugins at their version in updates.",
            services,
            console,
            names -> new ChangeRequest.PinRequest(names, true)),
        named(
            "unpin",
            "Allow updates of plugins again.",
            services,
            console,
            names -> new ChangeRequest.PinRequest(names, false)));
  }

  private static CommandLine named(
      String name,
      String description,
      CommandServices services,
      Console console,
      Function<List<String>, ChangeRequest> request) {
    CommandLine command = new CommandLine(new PluginsChangeCommand(services, console, request));
    command.getCommandSpec().name(name);
    command
        .getCommandSpec()
        .usageMessage()
        .description(description)
        .footer("Example:", "  gantry plugins " + name + " org.acme.losses");
    return command;
  }

  @Override
  public Integer call() {
    return proposal.planAndExecute(services.provisioning(), request.apply(plugins), console);
  }
}
