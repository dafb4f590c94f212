package org.gantry.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Executes commands that are typed, or read, one after another. */
@Command(
    name = "shell",
    description = "Execute commands one after another, while plugins come and go.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Commands are typed as they follow 'gantry'. Tab completes them and the names of components,",
      "plugins, recipes and runs; '&' at the end of a line executes it in the background; 'exit' or",
      "Ctrl-D ends the shell. Lines can be piped in; the exit code is then the last failure's.",
      "",
      "Example:",
      "  echo components | gantry shell"
    })
final class ShellCommand implements Callable<Integer> {

  private final Services services;
  private final Console console;
  private final Commands commands;

  /** What the shell adds to the commands, so that it can be asked for and completed. */
  @Command(name = "exit", description = "End the shell, after what is half done.")
  static final class Exit implements Runnable {

    @Override
    public void run() {
      // The shell looks for the word itself.
    }
  }

  /** Lines that nobody types. */
  private record Piped(BufferedReader reader, Console console) implements Shell.Lines {

    @Override
    public Optional<String> next() {
      try {
        return Optional.ofNullable(reader.readLine());
      } catch (IOException e) {
        throw new UncheckedIOException("the standard input cannot be read", e);
      }
    }

    @Override
    public void say(String text) {
      console.err().print(text);
    }

    @Override
    public boolean interrupted() {
      return false;
    }

    @Override
    public void close() {
      // The standard input is the process's.
    }
  }

  ShellCommand(Services services, Console console, Commands commands) {
    this.services = services;
    this.console = console;
    this.commands = commands;
  }

  @Override
  public Integer call() {
    Jobs jobs = new Jobs();
    Commands inner = commands.inShell(jobs);
    Shell shell = new Shell(console, jobs, inner::run);
    boolean typed = console.terminal().keyboard().isPresent();
    try (Shell.Lines lines = typed ? editor(inner) : piped()) {
      int failure = shell.run(lines);
      return end(jobs, failure, typed);
    }
  }

  /** Who types has seen what failed, and does not want to wait; a script is done when all is. */
  private int end(Jobs jobs, int failure, boolean typed) {
    if (typed) {
      jobs.stop();
    }
    int ofJobs = jobs.await(console.interrupted());
    if (ofJobs == ExitCode.INTERRUPTED) {
      jobs.stop();
      jobs.await(() -> false);
    }
    if (typed) {
      return ExitCode.DONE;
    }
    return ofJobs == ExitCode.DONE ? failure : ofJobs;
  }

  private Shell.Lines piped() {
    return new Piped(
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), console);
  }

  private Shell.Lines editor(Commands inner) {
    try {
      return LineEditor.open(
          services.state().resolve("shell-history"),
          console.terminal().errorColour(),
          new Suggestions(inner.line(console), services));
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal cannot be used", e);
    }
  }
}
