package org.gantry.cli;

import java.nio.file.Path;
import org.gantry.provisioning.Request.Terms;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The group of commands about places with plugins. */
@Command(
    name = "repository",
    description = "Manage places with plugins: folders or web addresses with an index.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  gantry repository index my-plugins")
final class RepositoryCommand implements Runnable {

  private final Console console;

  @Spec private CommandSpec spec;

  private RepositoryCommand(Console console) {
    this.console = console;
  }

  static CommandLine with(Services services, Console console) {
    return new CommandLine(new RepositoryCommand(console))
        .addSubcommand(new Indexing(services, console))
        .addSubcommand(new Listing(services, console))
        .addSubcommand(new Addition(services, console))
        .addSubcommand(new Removal(services, console));
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  /** Writes an index. */
  @Command(
      name = "index",
      description = "Write the index of a folder with the jars of plugins, as index.xml into it.",
      optionListHeading = "%nOptions:%n")
  private static final class Indexing implements Runnable {

    private final Services services;
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The folder; those below it count, too.")
    private Path folder;

    Indexing(Services services, Console console) {
      this.services = services;
      this.console = console;
    }

    @Override
    public void run() {
      int count = services.provisioning().index(folder);
      console.out().printf("%s: %d plugins%n", folder.resolve("index.xml"), count);
    }
  }

  /** Lists repositories. */
  @Command(
      name = "list",
      description = "List the repositories that are always asked.",
      optionListHeading = "%nOptions:%n")
  private static final class Listing implements Runnable {

    private final Services services;
    private final Console console;

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    Listing(Services services, Console console) {
      this.services = services;
      this.console = console;
    }

    @Override
    public void run() {
      if (json) {
        console.out().println(Json.text(services.provisioning().repositories()));
      } else {
        services.provisioning().repositories().forEach(console.out()::println);
      }
    }
  }

  /** Adds a repository. */
  @Command(
      name = "add",
      description = "Ask a repository from now on.",
      optionListHeading = "%nOptions:%n")
  private static final class Addition implements Runnable {

    private final Services services;
    private final Console console;

    @Parameters(paramLabel = "DIR|URL", description = "A folder or address with an index.")
    private String address;

    Addition(Services services, Console console) {
      this.services = services;
      this.console = console;
    }

    @Override
    public void run() {
      int count = services.provisioning().addRepository(address, Terms.USUAL);
      console.out().printf("%s: %d plugins%n", address, count);
    }
  }

  /** Removes a repository. */
  @Command(
      name = "remove",
      description = "Ask a repository no longer; what was installed from it stays.",
      optionListHeading = "%nOptions:%n")
  private static final class Removal implements Runnable {

    private final Services services;
    private final Console console;

    @Parameters(paramLabel = "DIR|URL", description = "As 'repository list' shows it.")
    private String address;

    Removal(Services services, Console console) {
      this.services = services;
      this.console = console;
    }

    @Override
    public void run() {
      services.provisioning().removeRepository(address);
      console.out().println("no longer asked: " + address);
    }
  }
}
