package org.gantry.cli.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.gantry.components.KindDeclaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class AddedKindTemplateTest {

  private static final String POM =
      """
      <project>
        <repositories>
          <repository><id>gantry</id></repository>
        </repositories>
        <dependencies>
          <dependency><artifactId>gantry-api</artifactId></dependency>
        </dependencies>
      </project>
      """;

  @TempDir private Path folder;

  /** Splits texts. */
  public interface Tokenizer {
    List<String> split(String text, int limit);

    <T extends Comparable<T>> Map<String, List<T>> index(T[] values);

    default boolean keepsCase() {
      return true;
    }
  }

  private final AddedKindTemplate template =
      new AddedKindTemplate(
          new KindDeclaration(
              "tokenizer", "splits \"texts\"", Tokenizer.class.getName(), "acme.text", "1.2.0"),
          Tokenizer.class,
          "jar".getBytes(StandardCharsets.UTF_8));

  private Path write() {
    PluginProjectTemplate blueprint =
        template.addTo(new PluginProjectTemplate("file:/maven", Map.of("pom.xml", POM)));
    Path project = folder.resolve("acme-words");
    blueprint.write(
        project,
        "tokenizer",
        Map.of("package", "acme.words", "className", "Words", "name", "words"));
    template.writeLibrary(project);
    return project;
  }

  @Test
  void theComponentCompilesAgainstTheInterface() throws IOException {
    Path source = write().resolve("src/main/java/acme/words/Words.java");

    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                System.err,
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                Files.createDirectory(folder.resolve("classes")).toString(),
                source.toString()),
        Files.readString(source));
    String text = Files.readString(source);
    assertTrue(text.contains("kind = \"tokenizer\""), text);
    assertTrue(text.contains("summary = \"splits \\\"texts\\\"\""), text);
    assertEquals(2, text.split("@Override", -1).length - 1, text);
  }

  @Test
  void theProjectCarriesTheJarOfTheInterface() throws IOException {
    Path project = write();
    Path library = project.resolve("lib/plugins/acme.text/1.2.0");

    assertArrayEquals(
        "jar".getBytes(StandardCharsets.UTF_8),
        Files.readAllBytes(library.resolve("acme.text-1.2.0.jar")));
    assertTrue(Files.exists(library.resolve("acme.text-1.2.0.pom")));
    String pom = Files.readString(project.resolve("pom.xml"));
    assertTrue(pom.contains("<url>file://${project.basedir}/lib</url>"), pom);
    assertTrue(pom.contains("<artifactId>acme.text</artifactId>"), pom);
    assertTrue(pom.indexOf("gantry-api") < pom.indexOf("acme.text"), pom);
    assertTrue(pom.strip().endsWith("</dependencies>\n</project>"), pom);
  }
}
