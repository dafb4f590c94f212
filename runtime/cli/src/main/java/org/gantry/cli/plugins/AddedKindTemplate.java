package org.gantry.cli.plugins;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.components.KindDeclaration;

/**
 * The template for components of a kind that a plugin adds: a class that implements the interface
 * of the kind, and a Maven repository in the project with the jar that exports it.
 */
final class AddedKindTemplate {

  private static final String GROUP = "plugins";

  private final KindDeclaration kind;
  private final Class<?> type;
  private final byte[] jar;

  /**
   * Creates a template.
   *
   * @param type the interface of the kind
   * @param jar the jar of the plugin that exports the interface
   */
  AddedKindTemplate(KindDeclaration kind, Class<?> type, byte[] jar) {
    this.kind = kind;
    this.type = type;
    this.jar = jar.clone();
  }

  /** Returns templates that also have one for this kind. */
  PluginProjectTemplate addTo(PluginProjectTemplate blueprint) {
    Map<String, String> templates = new TreeMap<>(blueprint.templates());
    templates.put(PluginProjectTemplate.pathOf(kind.name()), source());
    templates.computeIfPresent("pom.xml", (path, pom) -> withLibrary(pom));
    return new PluginProjectTemplate(blueprint.repository(), templates);
  }

  private String withLibrary(String pom) {
    return pom.replaceFirst(
            " *</repositories>",
            """
                <repository>
                  <!-- The plugin with the interface of the kind. -->
                  <id>plugins</id>
                  <url>file://\\${project.basedir}/lib</url>
                  <releases>
                    <checksumPolicy>ignore</checksumPolicy>
                  </releases>
                </repository>
              </repositories>""")
        .replaceFirst(
            " *</dependencies>",
            """
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <scope>provided</scope>
                </dependency>
              </dependencies>"""
                .formatted(GROUP, kind.bundle(), kind.bundleVersion()));
  }

  /** Writes the repository with the plugin's jar into the project. */
  List<Path> writeLibrary(Path project) {
    String version = kind.bundleVersion();
    Path folder = project.resolve("lib").resolve(GROUP).resolve(kind.bundle()).resolve(version);
    String name = kind.bundle() + "-" + version;
    try {
      Files.createDirectories(folder);
      return List.of(
          Files.write(folder.resolve(name + ".jar"), jar),
          Files.writeString(folder.resolve(name + ".pom"), pomOfLibrary()));
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + " cannot be written: " + e.getMessage(),
          "choose a writable folder with --dir",
          e);
    }
  }

  private String pomOfLibrary() {
    return """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
        </project>
        """
        .formatted(GROUP, kind.bundle(), kind.bundleVersion());
  }

  private String source() {
    List<String> methods =
        Arrays.stream(type.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
            .map(AddedKindTemplate::method)
            .toList();
    return """
        package ${package};

        import org.gantry.component.Component;

        /** Describe here what it does. */
        @Component(
            kind = "%s",
            name = "${name}",
            summary = "%s")
        final class ${className} implements %s {
        %s}
        """
        .formatted(
            kind.name(),
            kind.summary().replace("\\", "\\\\").replace("\"", "\\\""),
            nameOf(type),
            String.join("", methods));
  }

  private static String method(Method method) {
    List<String> parameters = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      parameters.add(nameOf(parameter.getParameterizedType()) + " " + parameter.getName());
    }
    String variables =
        Arrays.stream(method.getTypeParameters())
            .map(AddedKindTemplate::declarationOf)
            .collect(Collectors.joining(", "));
    return """

          @Override
          public %s%s %s(%s) {
            throw new UnsupportedOperationException("write this method");
          }
        """
        .formatted(
            variables.isEmpty() ? "" : "<" + variables + "> ",
            nameOf(method.getGenericReturnType()),
            method.getName(),
            String.join(", ", parameters));
  }

  private static String declarationOf(TypeVariable<Method> variable) {
    return variable.getName()
        + " extends "
        + Arrays.stream(variable.getBounds())
            .map(AddedKindTemplate::nameOf)
            .collect(Collectors.joining(" & "));
  }

  private static String nameOf(Type type) {
    return type.getTypeName().replace('$', '.');
  }
}
