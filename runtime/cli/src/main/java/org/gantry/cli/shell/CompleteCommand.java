package org.gantry.cli.shell;

import java.util.ArrayList;
import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Completes the last word of a command line, for the completion of bash, zsh and fish. */
@Command(
    name = "complete",
    hidden = true,
    description = "List the words that the last word of a command line can become.",
    footer = {"Example:", "  gantry complete -- train --st"})
public final class CompleteCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "The words after 'gantry'; the last one is being typed, and can be empty.")
  private final List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec;

  public CompleteCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    int last = Math.max(0, words.size() - 1);
    String typed = words.isEmpty() ? "" : words.get(last);
    new TabCompletion(spec.parent().commandLine(), services)
        .completionsAt(words, last).stream()
            .filter(word -> word.startsWith(typed))
            .distinct()
            .sorted()
            .forEach(console.out()::println);
  }
}
