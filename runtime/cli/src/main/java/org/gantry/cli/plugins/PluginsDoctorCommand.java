package org.gantry.cli.plugins;

import java.util.List;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.provisioning.PluginProvisioner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks the installed plugins. */
@Command(
    name = "doctor",
    aliases = "verify",
    description = "Check the hashes and signatures of jars, and whether every component works.",
    footer = {"Example:", "  gantry plugins doctor"})
public final class PluginsDoctorCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Option(
      names = "--tidy",
      description = "Remove jars that no generation needs, and incomplete files.")
  private boolean tidy;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public PluginsDoctorCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    PluginProvisioner provisioning = services.provisioning();
    List<String> problems = provisioning.findProblems();
    int removed = tidy ? provisioning.removeUnusedFiles() : 0;
    if (json) {
      console.out().println(JsonText.of(JsonText.object("problems", problems, "removed", removed)));
    } else {
      problems.forEach(console.out()::println);
      if (problems.isEmpty()) {
        console.out().println("all plugins are in order");
      }
      if (tidy) {
        console.out().println("files removed: " + removed);
      }
    }
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
