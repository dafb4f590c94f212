package org.gantry.host;

/** Executes commands; a service that the bundle with the commands registers. */
public interface CommandLine {

  /**
   * Executes one command to its end.
   *
   * @return the exit code: 0 done, 1 failed, 2 the input is wrong, 130 interrupted
   */
  int run(CommandInvocation invocation);
}
