package org.gantry.cli;

import java.util.ArrayList;
import java.util.List;
import org.gantry.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows the help of a command, as {@code --help} does. */
@Command(
    name = "help",
    description = "Show the help of a command.",
    footer = {"Example:", "  gantry help plugins install"})
final class HelpCommand implements Runnable {

  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The words of the command; without any, all commands are listed.")
  private final List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec;

  HelpCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    CommandLine command = spec.parent().commandLine();
    for (String word : words) {
      CommandLine below = command.getSubcommands().get(word);
      if (below == null) {
        throw new UnmatchedArgumentException(command, List.of(word));
      }
      command = below;
    }
    command.usage(console.out());
  }
}
