package org.gantry.cli.plugins;

import org.gantry.cli.console.Console;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.provisioning.PluginDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a plugin. */
@Command(
    name = "info",
    description = "Verify and describe a plugin, without installing it.",
    footer = {"Example:", "  gantry plugins info org.acme.losses-1.2.0.jar"})
public final class PluginsInfoCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Parameters(paramLabel = "PLUGIN", description = "As for 'plugins install'.")
  private String plugin;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  @Mixin private RepositoryOptions places;

  public PluginsInfoCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    PluginDescription facts = services.provisioning().inspect(plugin, places.policy());
    if (json) {
      console
          .out()
          .println(
              JsonText.of(
                  JsonText.object(
                      "bundle", facts.name(),
                      "version", facts.version(),
                      "title", facts.title(),
                      "description", facts.description(),
                      "license", facts.license(),
                      "sha256", facts.sha256(),
                      "size", facts.size(),
                      "signature", facts.signature(),
                      "components", facts.components())));
      return;
    }
    TextTable table =
        TextTable.plain(0)
            .row("bundle", facts.name() + " " + facts.version())
            .row("title", facts.title())
            .row("description", facts.description())
            .row("license", facts.license())
            .row("components", String.join(", ", facts.components()))
            .row("signature", facts.signature())
            .row("size", facts.size() + " bytes")
            .row("SHA-256", facts.sha256());
    console.out().print(table.text(console.terminal().width(), false));
  }
}
