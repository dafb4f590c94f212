package org.gantry.cli;

import java.util.ArrayList;
import java.util.List;
import org.gantry.provisioning.Request.Terms;
import picocli.CommandLine.Option;

/** The options of commands that bring plugins in. */
final class InstallTerms {

  @Option(
      names = "--allow-unsigned",
      description = "Take plugins that no trusted signer vouches for.")
  private boolean allowUnsigned;

  @Option(names = "--beside", description = "Keep other versions of the same plugin.")
  private boolean beside;

  @Option(names = "--offline", description = "Leave the network alone.")
  private boolean offline;

  @Option(
      names = "--repository",
      paramLabel = "DIR|URL",
      description = "Look here too; may be given several times.")
  private final List<String> repositories = new ArrayList<>();

  Terms terms() {
    return new Terms(allowUnsigned, beside, offline, repositories);
  }
}
