package org.gantry.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.cli.runs.RunSummary;
import org.gantry.cli.services.CommandServices;
import org.gantry.components.ComponentInfo;
import org.gantry.components.KindDeclaration;
import org.gantry.kind.ComponentKindInfo;
import org.gantry.kind.KindTable;
import org.gantry.provisioning.ChangeRequest;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Completes words of a command: names of commands and options, and of current recipes, runs,
 * plugins and components.
 *
 * @param root all commands
 * @param services knows the recipes, plugins and components
 */
public record TabCompletion(CommandLine root, CommandServices services) {

  private static final ChangeRequest.InstallPolicy HERE =
      new ChangeRequest.InstallPolicy(false, false, true, List.of());

  /**
   * The possible words at a position, including those that do not match the typed beginning.
   *
   * @param words the words typed so far
   * @param index the index of the word to complete
   */
  public List<String> completionsAt(List<String> words, int index) {
    CommandLine command = root;
    int first = 0;
    while (first < index && command.getSubcommands().containsKey(words.get(first))) {
      command = command.getSubcommands().get(words.get(first++));
    }
    CommandSpec spec = command.getCommandSpec();
    String typed = index < words.size() ? words.get(index) : "";
    Optional<OptionSpec> open =
        index > first ? optionExpectingValue(spec, words.get(index - 1)) : Optional.empty();
    if (open.isPresent()) {
      return values(open.get(), typed);
    }
    List<String> found = new ArrayList<>(spec.optionsMap().keySet());
    if (index == first) {
      command.getSubcommands().entrySet().stream()
          .filter(below -> !below.getValue().getCommandSpec().usageMessage().hidden())
          .forEach(below -> found.add(below.getKey()));
    }
    int place = 0;
    for (int i = first; i < index; i++) {
      boolean value = i > first && optionExpectingValue(spec, words.get(i - 1)).isPresent();
      place += value || words.get(i).startsWith("-") ? 0 : 1;
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      if (parameter.index().contains(place)) {
        found.addAll(values(parameter, typed));
      }
    }
    return found;
  }

  /** The option of this name, if it takes a value. */
  private static Optional<OptionSpec> optionExpectingValue(CommandSpec spec, String word) {
    return Optional.ofNullable(spec.findOption(word))
        .filter(option -> word.startsWith("-") && option.arity().max() > 0);
  }

  private List<String> values(ArgSpec argument, String typed) {
    return switch (argument.paramLabel()) {
      case "RECIPE" ->
          both(services.recipes().bundled().stream().map(r -> r.name()).toList(), files(typed));
      case "RUN" -> both(runs(), files(typed));
      case "PLUGIN" -> both(plugins(), files(typed));
      case "KIND" -> kinds();
      case "KIND/NAME" -> components().map(c -> c.kind() + "/" + c.name()).distinct().toList();
      case "PATH=VALUE", "PATH=A,B,..." ->
          new ChangeCompletion(services.components(), services.recipes()).completionsOf(typed);
      case "DIR", "FILE", "FILE.html", "FILE.png", "JAR" -> files(typed);
      default -> List.of();
    };
  }

  private List<String> kinds() {
    return Stream.of(
            KindTable.all().stream().map(ComponentKindInfo::name),
            services.components().addedKinds().stream().map(KindDeclaration::name),
            components().map(ComponentInfo::kind))
        .flatMap(names -> names)
        .distinct()
        .sorted()
        .toList();
  }

  private Stream<ComponentInfo> components() {
    return services.components().all().stream();
  }

  private List<String> plugins() {
    Stream<String> installed =
        services.provisioning().plugins().stream().map(InstalledPlugin::name);
    Stream<String> offered =
        services.provisioning().listRepositories(HERE).plugins().stream().map(PluginOffer::name);
    return Stream.concat(installed, offered)
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .distinct()
        .toList();
  }

  private static List<String> runs() {
    Path usual = Path.of("runs");
    try {
      return Files.isDirectory(usual)
          ? RunSummary.findBelow(usual).stream().map(run -> run.path().toString()).toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The files and folders in the folder that is typed so far. */
  private static List<String> files(String typed) {
    String above = typed.substring(0, typed.lastIndexOf('/') + 1);
    try (Stream<Path> files = Files.list(Path.of(above))) {
      return files
          .map(f -> above + f.getFileName() + (Files.isDirectory(f) ? "/" : ""))
          .sorted()
          .toList();
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
