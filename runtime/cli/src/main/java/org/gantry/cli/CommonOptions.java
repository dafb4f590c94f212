package org.gantry.cli;

import org.gantry.host.CommandInvocation;
import picocli.CommandLine.Option;

/** The options that every command has. Those who need their values ask the parser. */
@SuppressWarnings("UnusedVariable")
final class CommonOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /** Concerns the start of the process, where the launcher looks for it. */
  @Option(
      names = CommandInvocation.SAFE_MODE,
      description = "Start only the plugins of the product.")
  private boolean safeMode;

  @Option(names = "--debug", description = "On a failure, show the full trace.")
  private boolean debug;
}
