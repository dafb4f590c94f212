package org.gantry.host;

/** Executes commands. The bundle with the commands registers it as a service. */
public interface CommandLine {

  /**
   * Executes a command.
   *
   * @return the exit code: 0 for success, 1 for a failure, 2 for wrong input, 130 if interrupted
   */
  int run(CommandInvocation invocation);
}
