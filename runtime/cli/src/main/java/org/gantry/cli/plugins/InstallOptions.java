package org.gantry.cli.plugins;

import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that bring plugins in. */
final class InstallOptions {

  @Option(
      names = "--allow-unsigned",
      description = "Take plugins that no trusted signer vouches for.")
  private boolean allowUnsigned;

  @Option(names = "--beside", description = "Keep other versions of the same plugin.")
  private boolean beside;

  @Mixin private RepositoryOptions places;

  InstallPolicy policy() {
    return places.policy(allowUnsigned, beside);
  }
}
