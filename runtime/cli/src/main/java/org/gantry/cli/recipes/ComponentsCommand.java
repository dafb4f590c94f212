package org.gantry.cli.recipes;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.components.ComponentInfo;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.text.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the installed components. */
@Command(
    name = "components",
    description = "List the installed components.",
    footer = {"Example:", "  gantry components --kind loss"})
public final class ComponentsCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Option(names = "--kind", paramLabel = "KIND", description = "List components of this kind only.")
  private String kind;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public ComponentsCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    List<ComponentInfo> all = services.components().all();
    List<ComponentInfo> listed =
        all.stream().filter(c -> kind == null || c.kind().equals(kind)).toList();
    if (kind != null && listed.isEmpty()) {
      List<String> kinds = all.stream().map(ComponentInfo::kind).distinct().sorted().toList();
      throw new InvalidInputException(
          "--kind %s: no component of this kind is installed".formatted(kind),
          NearestName.suggestion(kind, kinds) + "The kinds are " + String.join(", ", kinds) + ".");
    }
    console.out().print(json ? json(listed) : table(listed, console));
  }

  static String json(List<ComponentInfo> components) {
    return JsonText.of(components.stream().map(ComponentsCommand::object).toList()) + "\n";
  }

  /** The description of a component in its manifest, as JSON. */
  static Map<String, Object> object(ComponentInfo component) {
    return JsonText.object(
        "kind", component.kind(),
        "name", component.name(),
        "version", component.version(),
        "summary", component.summary(),
        "paper", component.paper(),
        "takes", component.takes(),
        "gives", component.gives(),
        "bundle", component.bundle(),
        "bundleVersion", component.bundleVersion());
  }

  /** A row for each component. */
  static String table(List<ComponentInfo> components, Console console) {
    Map<String, Long> namesakes =
        components.stream()
            .collect(Collectors.groupingBy(ComponentsCommand::bareName, Collectors.counting()));
    TextTable table = TextTable.headed(0, "kind", "name", "summary");
    for (ComponentInfo component : components) {
      table.row(
          component.kind(),
          namesakes.get(bareName(component)) > 1 ? component.qualifiedName() : component.name(),
          component.summary());
    }
    return table.text(console.terminal().width(), console.terminal().outColour());
  }

  private static String bareName(ComponentInfo component) {
    return component.kind() + "/" + component.name();
  }
}
