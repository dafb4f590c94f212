package org.gantry.cli.plugins;

import java.util.List;
import java.util.Locale;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.provisioning.InstalledPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the plugins. */
@Command(
    name = "list",
    description = "List the installed plugins and their components.",
    footer = {"Example:", "  gantry plugins list --json"})
public final class PluginsListCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public PluginsListCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    List<InstalledPlugin> plugins = services.provisioning().plugins();
    console.out().print(json ? json(plugins) : table(plugins));
  }

  private static String json(List<InstalledPlugin> plugins) {
    return JsonText.of(
            plugins.stream()
                .map(
                    p ->
                        JsonText.object(
                            "bundle", p.name(),
                            "version", p.version(),
                            "state", state(p),
                            "active", p.state() == InstalledPlugin.PluginState.ACTIVE,
                            "reason", p.reason(),
                            "source", p.source(),
                            "sha256", p.sha256(),
                            "signer", p.signer(),
                            "voucher", p.voucher(),
                            "pinned", p.pinned(),
                            "components", p.components()))
                .toList())
        + "\n";
  }

  private String table(List<InstalledPlugin> plugins) {
    TextTable table = TextTable.headed(0, "bundle", "version", "state", "components");
    for (InstalledPlugin plugin : plugins) {
      table.row(
          plugin.name(),
          plugin.version(),
          state(plugin) + (plugin.pinned() ? ", pinned" : ""),
          String.join(", ", plugin.components()));
    }
    return table.text(console.terminal().width(), console.terminal().outColour());
  }

  private static String state(InstalledPlugin plugin) {
    return plugin.state().name().toLowerCase(Locale.ROOT);
  }
}
