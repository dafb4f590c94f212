package org.gantry.cli.plugins;

import java.util.ArrayList;
import java.util.List;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import picocli.CommandLine.Option;

/** The options of commands that look for plugins: where. */
final class RepositoryOptions {

  @Option(names = "--offline", description = "Leave the network alone.")
  private boolean offline;

  @Option(
      names = "--repository",
      paramLabel = "DIR|URL",
      description = "Look here too; may be given several times.")
  private final List<String> repositories = new ArrayList<>();

  /** The terms of somebody who only looks. */
  InstallPolicy policy() {
    return policy(false, false);
  }

  /** The terms of somebody who brings plugins in. */
  InstallPolicy policy(boolean allowUnsigned, boolean beside) {
    return new InstallPolicy(allowUnsigned, beside, offline, repositories);
  }
}
