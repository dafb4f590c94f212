package org.gantry.cli;

import org.gantry.host.CommandInvocation;
import picocli.CommandLine.Option;

/** The options of every command. Their values are read from the parse result. */
@SuppressWarnings("UnusedVariable")
final class CommonOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /** The launcher looks for this option itself. */
  @Option(
      names = CommandInvocation.SAFE_MODE,
      description = "Start only the plugins of the product.")
  private boolean safeMode;

  @Option(names = "--debug", description = "Show the stack trace of a failure.")
  private boolean debug;
}
