package org.gantry.cli;

import picocli.CommandLine.Option;

/** The options that every command has. Those who need their values ask the parser. */
@SuppressWarnings("UnusedVariable")
final class Common {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(names = "--debug", description = "On a failure, show the full trace.")
  private boolean debug;
}
