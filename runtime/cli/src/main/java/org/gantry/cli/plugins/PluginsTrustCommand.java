package org.gantry.cli.plugins;

import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.provisioning.TrustedSigners.TrustedSigner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands about trusted signers; alone, it prints its help. */
@Command(
    name = "trust",
    description = "Manage the signers whose plugins are installed without --allow-unsigned.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"Example:", "  gantry plugins trust add acme.pem"})
public final class PluginsTrustCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Spec private CommandSpec spec;

  private PluginsTrustCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  public static CommandLine with(CommandServices services, Console console) {
    return new CommandLine(new PluginsTrustCommand(services, console));
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  @Command(name = "list", description = "List the trusted signers.")
  void list(@Option(names = CommandInvocation.JSON, description = "Answer as JSON.") boolean json) {
    List<TrustedSigner> signers = services.provisioning().trustedSigners().signers();
    if (json) {
      console
          .out()
          .println(
              JsonText.of(
                  signers.stream()
                      .map(s -> JsonText.object("name", s.name(), "sha256", s.fingerprint()))
                      .toList()));
      return;
    }
    if (signers.isEmpty()) {
      console.err().println("there are no trusted signers; 'gantry plugins trust add' adds one");
      return;
    }
    TextTable table = TextTable.headed(0, "signer", "SHA-256 of the certificate");
    signers.forEach(s -> table.row(s.name(), s.fingerprint()));
    console.out().print(table.text(console.terminal().width(), console.terminal().outColour()));
  }

  @Command(name = "add", description = "Trust the signer of a certificate.")
  void add(
      @Parameters(
              paramLabel = "FILE|URL",
              description = "A certificate as PEM or DER, or a jar signed with it.")
          String place) {
    TrustedSigner signer = services.provisioning().trustedSigners().add(place);
    console.out().printf("trusted: %s (%s)%n", signer.name(), signer.fingerprint());
  }

  @Command(name = "remove", description = "Stop trusting a signer; its installed plugins stay.")
  void remove(
      @Parameters(
              paramLabel = "SIGNER",
              description = "The name, part of the name, or the first digits of the SHA-256.")
          String signer) {
    TrustedSigner gone = services.provisioning().trustedSigners().remove(signer);
    console.out().printf("no longer trusted: %s (%s)%n", gone.name(), gone.fingerprint());
  }
}
