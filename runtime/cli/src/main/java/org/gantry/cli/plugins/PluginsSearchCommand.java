package org.gantry.cli.plugins;

import java.util.List;
import java.util.Locale;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.provisioning.RepositoryListing;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches the repositories for plugins. */
@Command(
    name = "search",
    description = "Search the repositories for plugins.",
    footer = {"Example:", "  gantry plugins search loss/"})
public final class PluginsSearchCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "TEXT",
      description = "Part of a name, of a description or of a component's KIND/NAME.")
  private String text;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  @Mixin private RepositoryOptions places;

  public PluginsSearchCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    RepositoryListing all = services.provisioning().listRepositories(places.policy());
    List<PluginOffer> offers = all.plugins().stream().filter(this::matches).toList();
    all.notes().forEach(note -> console.err().println("note: " + note));
    if (json) {
      console.out().print(json(offers));
    } else if (offers.isEmpty()) {
      console
          .err()
          .println(
              text == null
                  ? "there are no plugins in the repositories"
                  : "there is no plugin with '" + text + "' in the repositories");
    } else {
      console.out().print(table(offers));
    }
  }

  private boolean matches(PluginOffer offer) {
    String all =
        offer.name() + " " + offer.description() + " " + String.join(" ", offer.components());
    return text == null || all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  private String table(List<PluginOffer> offers) {
    TextTable table = TextTable.headed(0, "bundle", "version", "components", "repository");
    for (PluginOffer offer : offers) {
      table.row(
          offer.name(), offer.version(), String.join(", ", offer.components()), offer.repository());
    }
    return table.text(console.terminal().width(), console.terminal().outColour());
  }

  private static String json(List<PluginOffer> offers) {
    return JsonText.of(
            offers.stream()
                .map(
                    o ->
                        JsonText.object(
                            "bundle", o.name(),
                            "version", o.version(),
                            "description", o.description(),
                            "repository", o.repository(),
                            "sha256", o.sha256(),
                            "size", o.size(),
                            "voucher", o.voucher(),
                            "trusted", o.trusted(),
                            "components", o.components()))
                .toList())
        + "\n";
  }
}
