package org.gantry.cli.plugins;

import java.util.ArrayList;
import java.util.List;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import picocli.CommandLine.Option;

/** The options of commands that search for plugins. */
final class RepositoryOptions {

  @Option(names = "--offline", description = "Do not use the network.")
  private boolean offline;

  @Option(
      names = "--repository",
      paramLabel = "DIR|URL",
      description = "Search this repository, too. Can be repeated.")
  private final List<String> repositories = new ArrayList<>();

  /** The policy for a search. */
  InstallPolicy policy() {
    return policy(false, false);
  }

  /** The policy for an installation. */
  InstallPolicy policy(boolean allowUnsigned, boolean beside) {
    return new InstallPolicy(allowUnsigned, beside, offline, repositories);
  }
}
