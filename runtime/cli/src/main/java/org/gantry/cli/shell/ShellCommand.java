package org.gantry.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.services.CommandServices;
import picocli.CommandLine.Command;

/** Executes commands that the user types, or that are piped in. */
@Command(
    name = "shell",
    description = "Execute several commands in one process.",
    footer = {
      "Type commands without 'gantry'. Tab completes commands and the names of components,"
          + " plugins,",
      "recipes and runs; '&' at the end of a line executes it in the background; 'exit' or Ctrl-D",
      "ends the shell. With piped lines, the exit code is that of the last failure.",
      "",
      "Example:",
      "  echo components | gantry shell"
    })
public final class ShellCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;
  private final Function<BackgroundJobs, ShellCommands> commands;

  /** The command that ends the shell, for its help and completion. */
  @Command(name = "exit", description = "End the shell after all background jobs have stopped.")
  public static final class ExitCommand implements Runnable {

    @Override
    public void run() {
      // The session recognises the word itself.
    }
  }

  /** Lines from a pipe or a file. */
  private record PipedInput(BufferedReader reader, Console console)
      implements ShellSession.ShellInput {

    @Override
    public Optional<String> nextLine() {
      try {
        return Optional.ofNullable(reader.readLine());
      } catch (IOException e) {
        throw new UncheckedIOException("the standard input cannot be read", e);
      }
    }

    @Override
    public void printAbove(String text) {
      console.err().print(text);
    }

    @Override
    public boolean interrupted() {
      return false;
    }

    @Override
    public void close() {
      // The process owns the standard input.
    }
  }

  public ShellCommand(
      CommandServices services, Console console, Function<BackgroundJobs, ShellCommands> commands) {
    this.services = services;
    this.console = console;
    this.commands = commands;
  }

  @Override
  public Integer call() {
    BackgroundJobs jobs = new BackgroundJobs();
    ShellCommands inner = commands.apply(jobs);
    ShellSession shell = new ShellSession(console, jobs, inner::run);
    boolean typed = console.terminal().keyboard().isPresent();
    try (ShellSession.ShellInput lines = typed ? editor(inner) : piped()) {
      int failure = shell.run(lines);
      return end(jobs, failure, typed);
    }
  }

  /** Ends the jobs. A user at the terminal stops them; a script waits for them. */
  private int end(BackgroundJobs jobs, int failure, boolean typed) {
    if (typed) {
      jobs.stopAll();
    }
    int ofJobs = jobs.awaitAll(console.interrupted());
    if (ofJobs == ExitCode.INTERRUPTED) {
      jobs.stopAll();
      jobs.awaitAll(() -> false);
    }
    if (typed) {
      return ExitCode.DONE;
    }
    return ofJobs == ExitCode.DONE ? failure : ofJobs;
  }

  private ShellSession.ShellInput piped() {
    return new PipedInput(
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), console);
  }

  private ShellSession.ShellInput editor(ShellCommands inner) {
    try {
      return LineEditor.open(
          services.state().resolve("shell-history"),
          console.terminal().errorColour(),
          new TabCompletion(inner.commandLine(console), services));
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal cannot be used", e);
    }
  }
}
