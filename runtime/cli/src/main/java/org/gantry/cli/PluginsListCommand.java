package org.gantry.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the bundles that contribute components. */
@Command(
    name = "list",
    description = "List the installed plugins and what they contribute.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  gantry plugins list --json")
final class PluginsListCommand implements Runnable {

  private final Services services;
  private final Console console;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  PluginsListCommand(Services services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    List<PluginInfo> plugins = services.plugins();
    console.out().print(json ? json(plugins) : table(plugins));
  }

  private static String json(List<PluginInfo> plugins) {
    return Json.text(
            plugins.stream()
                .map(
                    p ->
                        Json.object(
                            "bundle", p.bundle(),
                            "version", p.version(),
                            "active", p.active(),
                            "components", p.components()))
                .toList())
        + "\n";
  }

  private String table(List<PluginInfo> plugins) {
    Table table = Table.headed(0, "bundle", "version", "state", "components");
    for (PluginInfo plugin : plugins) {
      table.row(
          plugin.bundle(),
          plugin.version(),
          plugin.active() ? "active" : "broken",
          String.join(", ", plugin.components()));
    }
    return table.text(console.terminal().width(), console.terminal().outColour());
  }
}
