package org.gantry.cli.plugins;

import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that install plugins. */
final class InstallOptions {

  @Option(
      names = "--allow-unsigned",
      description = "Accept plugins that no trusted signer has signed.")
  private boolean allowUnsigned;

  @Option(names = "--beside", description = "Keep installed versions of the same plugin.")
  private boolean beside;

  @Mixin private RepositoryOptions places;

  InstallPolicy policy() {
    return places.policy(allowUnsigned, beside);
  }
}
