package org.gantry.cli.console;

/** The exit codes of commands. */
public final class ExitCode {

  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_INPUT = 2;
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
