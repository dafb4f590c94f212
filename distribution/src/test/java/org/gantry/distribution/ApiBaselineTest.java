package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exported API stays compatible with the published one in the folder {@code baseline}, or its
 * version says that it does not. A release publishes the current API:
 *
 * <pre>{@code mvn -o -pl distribution verify -Dtest=ApiBaselineTest -Dbaseline.publish=true}</pre>
 */
class ApiBaselineTest {

  private static final String SIGHT =
      """
      package org.acme;

      public interface Sight {
        double depth();
        %s
      }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gantry-api", "gantry-testkit"})
  void publishedApiStaysCompatibleOrTheVersionIsRaised(String name) throws Exception {
    Path published = Product.sources().resolve("distribution/baseline/" + name + ".jar");
    Path now =
        Product.jars("bundles").stream()
            .filter(jar -> jar.getFileName().toString().startsWith(name + "-"))
            .findFirst()
            .orElseThrow();
    if (Boolean.getBoolean("baseline.publish")) {
      assertEquals(
          List.of(),
          classesWithoutSource(now),
          "stale classes of an earlier build; run mvn clean install");
      ApiBaseline.writeSignatures(now, published);
    }
    assertEquals("", String.join("\n", ApiBaseline.incompatibilities(published, now)));
  }

  @Test
  void removedMethodIsReportedWithTheFix() throws Exception {
    Path older = published("older", "1.0.0", "int width();");
    assertEquals(
        List.of(
            """
            org.acme 1.0.0 has an incompatible change:
                org.acme.Sight: method width() was removed
              Revert it, or raise the @Version in its package-info.java to 2.0.0.\
            """),
        ApiBaseline.incompatibilities(older, jar("newer", "1.0.0", "")));
  }

  @Test
  void packageWithANewMajorVersionMayBreak() throws Exception {
    Path older = published("older", "1.0.0", "int width();");
    assertEquals(List.of(), ApiBaseline.incompatibilities(older, jar("newer", "2.0.0", "")));
  }

  @Test
  void addedDefaultMethodIsCompatible() throws Exception {
    Path older = published("older", "1.0.0", "int width();");
    assertEquals(
        List.of(),
        ApiBaseline.incompatibilities(
            older, jar("newer", "1.0.0", "int width(); default int height() { return 1; }")));
  }

  /** Returns the classes of a jar that have no source any more. */
  private static List<String> classesWithoutSource(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.contains("$"))
          .map(name -> name.replace(".class", ".java"))
          .filter(
              name ->
                  Stream.of("api", "testkit")
                      .map(module -> Product.sources().resolve("core/" + module + "/src/main/java"))
                      .noneMatch(sources -> Files.exists(sources.resolve(name))))
          .toList();
    }
  }

  private Path published(String name, String version, String method) throws IOException {
    Path to = folder.resolve("published-" + name + ".jar");
    ApiBaseline.writeSignatures(jar(name, version, method), to);
    return to;
  }

  /** Packs a bundle that exports a package with one interface. */
  private Path jar(String name, String version, String method) throws IOException {
    Path source = Files.createDirectories(folder.resolve(name)).resolve("Sight.java");
    Files.writeString(source, SIGHT.formatted(method));
    String classes = folder.resolve(name + "-classes").toString();
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                OutputStream.nullOutputStream(),
                null,
                Stream.of("--release", "17", "-d", classes, source.toString())
                    .toArray(String[]::new)));
    return TestPluginJar.bundle("org.acme", "1.0.0", Path.of(classes))
        .header("Import-Package", null)
        .header("Require-Capability", null)
        .header("Export-Package", "org.acme;version=\"" + version + "\"")
        .entry(
            "org/acme/Sight.class",
            Files.readAllBytes(Path.of(classes).resolve("org/acme/Sight.class")))
        .pack(folder.resolve(name + ".jar"));
  }
}
