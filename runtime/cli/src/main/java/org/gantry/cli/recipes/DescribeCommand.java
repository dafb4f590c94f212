package org.gantry.cli.recipes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gantry.cli.console.AnsiStyle;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.components.ComponentInfo;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.text.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a component, or lists the components of a kind. */
@Command(
    name = "describe",
    description =
        "Describe a component: its summary, ports and options; or list the components of a kind.",
    footer = {
      "Example:",
      "  gantry describe regularizer/instance-noise",
      "  gantry describe discriminator"
    })
public final class DescribeCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Parameters(
      paramLabel = "KIND/NAME",
      description =
          "The component; KIND/BUNDLE/NAME if two bundles have the same name. NAME is enough if it"
              + " is unique. KIND alone lists its components.")
  private String reference;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public DescribeCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    List<ComponentInfo> ofKind =
        services.components().all().stream().filter(c -> c.kind().equals(reference)).toList();
    if (!ofKind.isEmpty()) {
      console
          .out()
          .print(json ? ComponentsCommand.json(ofKind) : ComponentsCommand.table(ofKind, console));
      return;
    }
    ComponentInfo component = component();
    List<OptionInfo> options = services.recipes().options(component);
    console.out().print(json ? json(component, options) : page(component, options));
  }

  private ComponentInfo component() {
    int slash = reference.indexOf('/');
    if (slash >= 0) {
      return services
          .recipes()
          .resolveComponent(reference.substring(0, slash), reference.substring(slash + 1));
    }
    List<String> kinds =
        services.components().all().stream()
            .filter(c -> c.name().equals(reference))
            .map(ComponentInfo::kind)
            .distinct()
            .toList();
    if (kinds.size() == 1) {
      return services.recipes().resolveComponent(kinds.get(0), reference);
    }
    throw kinds.isEmpty()
        ? new InvalidInputException(
            "KIND/NAME %s: there is no component of this name".formatted(reference),
            suggestion() + "'gantry components' lists what is installed.")
        : new InvalidInputException(
            "KIND/NAME %s: there are components of several kinds with this name"
                .formatted(reference),
            "Write one of "
                + String.join(", ", kinds.stream().map(k -> k + "/" + reference).toList())
                + ".");
  }

  /** Suggests kinds, and components with their kinds, whose names are near. */
  private String suggestion() {
    Map<String, String> names = new TreeMap<>();
    for (ComponentInfo component : services.components().all()) {
      names.put(component.kind(), component.kind());
      names.merge(
          component.name(),
          component.kind() + "/" + component.name(),
          (one, other) -> one.equals(other) ? one : component.name());
    }
    return NearestName.find(reference, names.keySet())
        .map(name -> "Did you mean '%s'? ".formatted(names.get(name)))
        .orElse("");
  }

  private static String json(ComponentInfo component, List<OptionInfo> options) {
    Map<String, Object> object = ComponentsCommand.object(component);
    object.put(
        "options",
        options.stream()
            .map(
                o ->
                    JsonText.object(
                        "name", o.name(),
                        "type", o.type(),
                        "default", o.defaultValue(),
                        "range", o.range(),
                        "doc", o.doc()))
            .toList());
    return JsonText.of(object) + "\n";
  }

  private String page(ComponentInfo component, List<OptionInfo> options) {
    int width = console.terminal().width();
    boolean colour = console.terminal().outColour();
    StringBuilder out = new StringBuilder();
    out.append(
            AnsiStyle.HEAD.apply(
                "%s/%s %s".formatted(component.kind(), component.name(), component.version()),
                colour))
        .append('\n');
    TextTable.wrap(component.summary(), width - 2)
        .forEach(line -> out.append("  ").append(line).append('\n'));
    TextTable facts = TextTable.plain(2);
    if (!component.paper().isEmpty()) {
      facts.row("paper", component.paper());
    }
    if (!component.takes().isEmpty()) {
      facts.row("takes", String.join(", ", component.takes()));
    }
    if (!component.gives().isEmpty()) {
      facts.row("gives", String.join(", ", component.gives()));
    }
    facts.row("bundle", component.bundle() + " " + component.bundleVersion());
    out.append('\n').append(facts.text(width, colour)).append('\n');
    if (options.isEmpty()) {
      return out.append("  This component has no options.\n").toString();
    }
    TextTable table = TextTable.headed(2, "option", "type", "default", "range", "meaning");
    for (OptionInfo option : options) {
      table.row(
          option.name(),
          option.type(),
          option.defaultValue().orElse("(required)"),
          option.range(),
          option.doc());
    }
    return out.append(table.text(width, colour)).toString();
  }
}
