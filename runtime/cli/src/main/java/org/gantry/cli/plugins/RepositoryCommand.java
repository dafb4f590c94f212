package org.gantry.cli.plugins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands about repositories of plugins; alone, it prints its help. */
@Command(
    name = "repository",
    description = "Manage plugin repositories: folders or web addresses with an index.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"Example:", "  gantry repository index my-plugins"})
public final class RepositoryCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Spec private CommandSpec spec;

  private RepositoryCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  public static CommandLine with(CommandServices services, Console console) {
    return new CommandLine(new RepositoryCommand(services, console));
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  @Command(name = "index", description = "Write index.xml into folders with the jars of plugins.")
  void index(
      @Parameters(
              paramLabel = "DIR",
              arity = "1..*",
              description = "The folders; jars in their subfolders count, too.")
          List<Path> folders) {
    for (Path folder : folders) {
      int count = services.provisioning().writeIndex(folder);
      console.out().println(folder.resolve("index.xml") + ": " + plugins(count));
      Path signed = folder.resolve("index.jar");
      if (Files.exists(signed)) {
        console
            .err()
            .printf(
                "note: %s takes precedence and is out of date: pack and sign it again%n", signed);
      }
    }
  }

  @Command(name = "list", description = "List the repositories that every search uses.")
  void list(@Option(names = CommandInvocation.JSON, description = "Answer as JSON.") boolean json) {
    List<String> repositories = services.provisioning().repositoryAddresses();
    if (json) {
      console.out().println(JsonText.of(repositories));
    } else if (repositories.isEmpty()) {
      console
          .err()
          .println(
              "there are no repositories other than the product's own; 'gantry repository add' adds"
                  + " one");
    } else {
      repositories.forEach(console.out()::println);
    }
  }

  @Command(name = "add", description = "Use a repository in every search.")
  void add(
      @Parameters(paramLabel = "DIR|URL", description = "A folder or address with an index.")
          String address) {
    int count = services.provisioning().addRepository(address, InstallPolicy.DEFAULT);
    console.out().println(address + ": " + plugins(count));
  }

  private static String plugins(int count) {
    return count == 1 ? "1 plugin" : count + " plugins";
  }

  @Command(
      name = "remove",
      description = "Stop using a repository; plugins installed from it stay.")
  void remove(
      @Parameters(paramLabel = "DIR|URL", description = "As 'repository list' shows it.")
          String address) {
    services.provisioning().removeRepository(address);
    console.out().println("removed: " + address);
  }
}
