package org.gantry.cli.shell;

import org.gantry.cli.console.Console;
import org.gantry.host.CommandInvocation;
import picocli.CommandLine;

/** The commands that a shell executes. */
public interface ShellCommands {

  /**
   * Executes one command to its end.
   *
   * @return the exit code
   */
  int run(CommandInvocation invocation);

  /** The parser of all commands, which knows their names, options and help. */
  CommandLine commandLine(Console console);
}
