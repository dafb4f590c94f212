package org.gantry.cli.plugins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.KindDeclaration;
import org.gantry.recipes.text.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates the Maven project of a new plugin. */
@Command(
    name = "new",
    description = "Create a Maven project of a plugin with one component and its test.",
    footer = {
      "The project needs this installation and Maven Central to compile. Its component works as it"
          + " is;",
      "change it to make your own.",
      "",
      "Example:",
      "  gantry plugins new acme-losses --kind loss",
      "  mvn -f acme-losses package",
      "  gantry plugins install acme-losses/target/acme-losses-1.0.0.jar --allow-unsigned"
    })
public final class PluginsNewCommand implements Runnable {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final CommandServices services;
  private final Console console;

  @Parameters(
      paramLabel = "NAME",
      description = "The name of the project and its folder, such as acme-losses.")
  private String name;

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "KIND",
      description = "The kind of the component: loss, regularizer, generator, dataset ...")
  private String kind;

  @Option(
      names = "--name",
      paramLabel = "COMPONENT",
      description = "The component's name in recipes; by default the project's name.")
  private String component;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The Java package; by default the name with dots.")
  private String javaPackage;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The parent folder of the project; by default the current folder.")
  private Path folder = Path.of("");

  public PluginsNewCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    String recipes = component == null ? name : component;
    checkName("the name of the project", name);
    checkName("the name of the component", recipes);
    String packageName = javaPackage == null ? name.replace('-', '.') : javaPackage;
    if (!SourceVersion.isName(packageName)
        || !packageName.equals(packageName.toLowerCase(Locale.ROOT))) {
      throw new InvalidInputException(
          "'%s' is not a valid name of a Java package".formatted(packageName),
          "give one, such as --package org.acme.losses");
    }
    PluginProjectTemplate installed = PluginProjectTemplate.ofInstallation(services.home());
    Optional<AddedKindTemplate> added =
        installed.kinds().contains(kind) ? Optional.empty() : Optional.of(addedKind(installed));
    PluginProjectTemplate blueprint = added.map(it -> it.addTo(installed)).orElse(installed);
    Path project = folder.resolve(name);
    if (Files.exists(project)) {
      throw new InvalidInputException(
          project + " exists already", "choose another name, or another folder with --dir");
    }
    Map<String, String> properties = new TreeMap<>();
    properties.put("groupId", packageName);
    properties.put("artifactId", name);
    properties.put("version", "1.0.0");
    properties.put("package", packageName);
    properties.put("name", recipes);
    properties.put("className", className(recipes, blueprint));
    properties.put("gantryRepository", blueprint.repository());
    blueprint.write(project, kind, properties).forEach(console.out()::println);
    added.ifPresent(it -> it.writeLibrary(project).forEach(console.out()::println));
    console.err().println("  build    mvn -f " + project + " package");
    console
        .err()
        .println(
            "  install  gantry plugins install %s --allow-unsigned"
                .formatted(project.resolve("target/" + name + "-1.0.0.jar")));
  }

  /** Returns the template for a kind that an installed plugin adds. */
  private AddedKindTemplate addedKind(PluginProjectTemplate installed) {
    ComponentRegistry components = services.components();
    List<KindDeclaration> added = components.addedKinds();
    KindDeclaration declared =
        added.stream()
            .filter(it -> it.name().equals(kind))
            .findFirst()
            .orElseThrow(
                () -> {
                  Set<String> kinds = new TreeSet<>(installed.kinds());
                  added.forEach(it -> kinds.add(it.name()));
                  return new InvalidInputException(
                      "there is no kind of component called '%s'".formatted(kind),
                      NearestName.suggestion(kind, kinds)
                          + "give one of "
                          + String.join(", ", kinds));
                });
    return new AddedKindTemplate(
        declared, components.kindType(declared), components.jarContent(declared));
  }

  private static void checkName(String what, String given) {
    if (!NAME.matcher(given).matches()) {
      throw new InvalidInputException(
          "%s is '%s'; expected words in lower case, joined by hyphens".formatted(what, given),
          "write it like acme-losses");
    }
  }

  /** The class name for a component. A name that the template itself uses gets the prefix My. */
  private String className(String words, PluginProjectTemplate blueprint) {
    StringBuilder type = new StringBuilder();
    for (String word : words.split("-", -1)) {
      type.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return blueprint.uses(kind, type.toString()) ? "My" + type : type.toString();
  }
}
